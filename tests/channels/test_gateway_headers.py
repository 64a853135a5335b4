"""No route answers without the headers that keep a browser safe, and none asks for anything from elsewhere."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from gateway_settings import settings
from starlette.routing import BaseRoute, Mount, Route

from channels.app import create_app
from channels.middleware import SECURITY_HEADERS

_GAP = re.compile(r"{[^}]*}")
_LOOSE = re.compile(r"unsafe|\*|https?:|data:")


def addresses(routes: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Every method and path, with "1" in each gap."""
    for route in routes:
        if isinstance(route, Mount):
            yield from addresses(list(route.routes or []), before + route.path)
        elif isinstance(route, Route):
            for method in sorted(route.methods or {"GET"}):
                yield method, _GAP.sub("1", before + route.path)
        elif hasattr(route, "original_router"):  # how FastAPI holds a router that was included
            yield from addresses(list(route.original_router.routes), before)


@pytest.fixture
def app() -> Iterator[FastAPI]:
    made = create_app(settings())
    yield made
    made.state.handovers.close()


async def test_every_route_and_every_error_has_the_headers(app: FastAPI) -> None:
    called = {*addresses(app.routes), ("GET", "/nowhere"), ("GET", "/console/nowhere"), ("GET", "/static/chat.js")}
    called -= {("GET", "/console/conversations/events")}  # a stream without end; its headers are the middleware's
    assert len(called) > 60
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    lacking: list[Any] = []
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
        for method, path in sorted(called):
            answer = await client.request(method, path)
            names = {*SECURITY_HEADERS, "cache-control"}
            lacking += [(method, path, name) for name in names if name not in answer.headers]
            policy = answer.headers.get("content-security-policy", "*")
            if _LOOSE.search(policy):
                lacking.append((method, path, policy))
            if answer.status_code >= 500 and answer.status_code != 503:
                lacking.append((method, path, answer.status_code))
    assert lacking == []
