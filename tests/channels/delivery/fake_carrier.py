"""A provider that can refuse, fall silent after accepting, answer late and tell statuses in any order."""

import asyncio
import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.providers.base import Outgoing, Refused, Sent, Unknown

WAYS = ("well", "late", "refuse", "slow_down", "bad_address", "opted_out", "give_up")
WAYS_TO_BE_UNKNOWN = ("silent", "silent_but_accepted", "broken_but_accepted")
REFUSALS = {
    "refuse": ("connect", True, None),
    "slow_down": ("63018", True, 0.05),
    "bad_address": ("21211", False, None),
    "opted_out": ("21610", False, None),
    "window": ("63016", False, None),
    "give_up": ("20003", False, None),
}


@dataclass
class Record:
    """A message that the provider has taken."""

    id: str
    to: str
    sender: str
    text: str
    reference: str
    at: datetime
    template: str | None = None
    media_url: str | None = None


@dataclass
class FakeCarrier:
    """`way(message)` says what happens to a send; `cannot_say`: it does not answer what became of one."""

    way: Callable[[dict[str, Any]], str] = lambda message: "well"
    cannot_say: bool = False
    records: list[Record] = field(default_factory=list)
    asked: int = 0
    sends: int = 0

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        routes = [Route("/send", self._send, methods=["POST"]), Route("/find", self._find, methods=["POST"])]
        self.app = Starlette(routes=routes)

    def texts(self, to: str | None = None) -> list[str]:
        return [record.text for record in self.records if to in (None, record.to)]

    async def _send(self, request: Request) -> Response:
        message = await request.json()
        self.sends += 1
        way = self.way(message)
        if way in REFUSALS:
            code, may_retry, after = REFUSALS[way]
            return JSONResponse({"code": code, "may_retry": may_retry, "retry_after": after}, 400)
        if way == "late":
            await asyncio.sleep(0.02)
        if way != "silent":
            self._accept(message)
        if way.startswith("silent"):
            await asyncio.sleep(60)
        if way == "broken_but_accepted":
            return JSONResponse({}, 500)
        return JSONResponse({"id": self.records[-1].id, "status": "queued"})

    def _accept(self, message: dict[str, Any]) -> None:
        self.records.append(Record(id=f"SM{next(self._numbers):032}", at=datetime.now(UTC), **message))

    async def _find(self, request: Request) -> Response:
        asked = await request.json()
        self.asked += 1
        if self.cannot_say:
            return JSONResponse({}, 500)
        since = datetime.fromisoformat(asked["since"])
        for record in reversed(self.records):
            same = (record.to, record.text) == (asked["to"], asked["text"])
            if same and record.at >= since and record.id not in asked["known"]:
                return JSONResponse({"id": record.id, "status": "sent"})
        return JSONResponse({}, 404)


class Reached:
    """The Provider that speaks with a FakeCarrier, in the same process or over the network."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    @classmethod
    def beside(cls, fake: FakeCarrier) -> "Reached":
        return cls(httpx.AsyncClient(transport=httpx.ASGITransport(fake.app), base_url="http://carrier"))

    async def send(self, message: Outgoing) -> Sent:
        template = message.template.sid if message.template else None
        body = {"to": message.to, "sender": message.sender, "text": message.text, "reference": message.reference}
        answer = await self._ask("/send", body | {"template": template, "media_url": message.media_url})
        if answer.status_code == 400:
            raise Refused(**answer.json())
        if answer.status_code != 200:
            raise Unknown("http")
        return Sent(**answer.json())

    async def find(self, message: Outgoing, since: datetime, known: Collection[str]) -> Sent | None:
        body = {"to": message.to, "text": message.text, "since": since.isoformat(), "known": list(known)}
        answer = await self._ask("/find", body)
        if answer.status_code == 404:
            return None
        if answer.status_code != 200:
            raise Unknown("http")
        return Sent(**answer.json())

    async def _ask(self, path: str, body: dict[str, Any]) -> httpx.Response:
        try:
            return await self._client.post(path, json=body)
        except httpx.ConnectError:
            raise Refused("connect", True, None) from None
        except httpx.HTTPError:
            raise Unknown("broken") from None
