"""HTTP requests, whatever stands in them, and what an answer to one may be."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from benchmarks.fuzz.entrance import Broken
from benchmarks.fuzz.values import as_json, bodies, hostile, mostly

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
_PATIENCE = 30.0  # seconds; longer is as good as a crash
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Call:
    """`path` is quoted already; long values of the query are cut: clients refuse to send them."""

    method: str
    path: str
    query: Pairs = field(default_factory=list)
    body: bytes = b""
    kind: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return self.path + (f"?{encoded([(name, value[:1000]) for name, value in self.query])}" if self.query else "")


def encoded(pairs: Pairs) -> str:
    return urlencode(pairs, errors="surrogatepass")


def part(text: str) -> str:
    """As one part of a path; what would change the path itself stays quoted."""
    return quote(text[:300], safe="", errors="surrogatepass") or "%20"


def posted(path: str, data: SearchStrategy[Any], **headers: str) -> SearchStrategy[Call]:
    """JSON, and now and then something that is none."""
    body = mostly(data.map(as_json), bodies, of=15)
    kind = mostly(
        st.just(JSON), st.sampled_from(["", "text/plain", FORM, "multipart/form-data", "application/json;x="]), 25
    )
    return st.builds(lambda sent, said: Call("POST", path, [], sent, said, headers), body, kind)


def asked(path: str, query: dict[str, SearchStrategy[str]], **headers: str) -> SearchStrategy[Call]:
    some = st.fixed_dictionaries({}, optional=query)
    return some.map(lambda given: Call("GET", path, list(given.items()), headers=headers))


tokens = mostly(st.just(""), hostile.map(lambda text: quote(text[:200], errors="surrogatepass")), of=20)
"""Instead of the right one, where it is not empty."""


class Wire:
    """Asks an application in this process, one request after the other."""

    def __init__(self, app: Any, run: Callable[[Coroutine[Any, Any, Any]], Any], base: str = "http://gateway") -> None:
        self._run = run
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base)

    def ask(self, call: Call) -> httpx.Response:
        return self._run(self._asked(call))  # type: ignore[no-any-return]

    async def _asked(self, call: Call) -> httpx.Response:
        headers = {**call.headers, **({"Content-Type": call.kind} if call.kind else {})}
        async with asyncio.timeout(_PATIENCE):
            return await self.client.request(call.method, call.address, content=call.body, headers=headers)

    def sent(self, request: httpx.Request) -> httpx.Response:
        return self._run(self.client.send(request))  # type: ignore[no-any-return]

    def close(self) -> None:
        self._run(self.client.aclose())


def judged(answer: httpx.Response, problems: bool = False) -> bool:
    """Whether it was taken. `problems`: a refusal must be a problem detail."""
    if answer.status_code >= 500:
        raise Broken(f"{answer.status_code}: {answer.text[:300]}")
    if answer.status_code < 400:
        return True
    if problems and answer.headers.get("content-type") != "application/problem+json":
        raise Broken(f"{answer.status_code} is no problem detail: {answer.text[:300]}")
    return False
