"""People who write: webhooks signed as the provider signs them, and how long each took to be acknowledged."""

import asyncio
import secrets
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from benchmarks.delivery.servers import OURS, PUBLIC, Line

MESSAGES = "/webhooks/twilio/messages"
_AT_ONCE = 8
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Call:
    """A webhook, ready to be posted."""

    who: str
    path: str
    body: bytes
    headers: dict[str, str]


@dataclass
class Written:
    """When each person wrote, how long the acknowledgements took (ms), and how many were refused."""

    at: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    acknowledged: list[float] = field(default_factory=list)
    refused: int = 0


class People:
    """Each message on a connection of its own while it is under way, as a provider has them."""

    def __init__(self, line: Line) -> None:
        self._line, self._signer = line, RequestValidator(line.token)
        limits = httpx.Limits(max_connections=200, keepalive_expiry=2.0)
        self.http = httpx.AsyncClient(timeout=20.0, limits=limits, trust_env=False)

    def calls(self, texts: Sequence[str], people: Sequence[str], count: int) -> list[Call]:
        """Signed before anything is timed."""
        pairs = islice(zip(cycle(people), cycle(texts), strict=False), count)
        return [self.message(who, words) for who, words in pairs]

    def message(self, who: str, words: str) -> Call:
        form = {"MessageSid": f"SM{secrets.token_hex(16)}", "From": who, "To": OURS, "Body": words, "NumMedia": "0"}
        return self.signed(who, MESSAGES, form)

    def signed(self, who: str, path: str, form: dict[str, str]) -> Call:
        signature = self._signer.compute_signature(PUBLIC + path, form)
        return Call(who, path, urlencode(form).encode(), {"X-Twilio-Signature": signature, "Content-Type": _FORM})

    async def at_rate(self, calls: Sequence[Call], rate: float, written: Written) -> None:
        """Each message at its moment, whether or not those before it have been taken."""
        began = time.monotonic()
        async with asyncio.TaskGroup() as tasks:
            for number, call in enumerate(calls):
                due = began + number / rate
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                tasks.create_task(self.bring(call, written, due))

    async def as_fast(self, calls: Sequence[Call], written: Written) -> None:
        """The next message as soon as one is taken."""
        left = iter(calls)

        async def keep_bringing() -> None:
            for call in left:
                await self.bring(call, written, time.monotonic())

        await asyncio.gather(*(keep_bringing() for _ in range(_AT_ONCE)))

    async def bring(self, call: Call, written: Written, due: float) -> None:
        written.at[call.who].append(due)
        is_taken = await self.post(call)
        written.acknowledged.append((time.monotonic() - due) * 1000)
        written.refused += not is_taken

    async def post(self, call: Call) -> bool:
        try:
            url = self._line.gateway + call.path
            return (await self.http.post(url, content=call.body, headers=call.headers)).is_success
        except httpx.HTTPError:
            return False
