"""A gateway that notes what Twilio sends it and answers as it is told."""

import asyncio
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator

PUBLIC = "https://odop.example"
TOKEN = "a-token-only-for-these-tests"


@dataclass(frozen=True)
class Came:
    """One request of Twilio's."""

    path: str
    query: str
    fields: dict[str, str]
    token: str
    signed: bool


@dataclass
class StubGateway:
    """`answers` are the statuses of the next answers; `twiml` the documents by path."""

    came: list[Came] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    twiml: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        self.came.append(await _came(request))
        await asyncio.sleep(self.seconds)
        path = request.url.path
        if path in self.twiml:
            return Response(self.twiml[path], media_type="text/xml")
        return Response(status_code=self.answers.pop(0) if self.answers else 200)

    def webhooks(self) -> list[Came]:
        return [each for each in self.came if each.path == "/webhooks/twilio/messages"]

    def statuses(self) -> list[str]:
        return [each.fields["MessageStatus"] for each in self.came if "MessageStatus" in each.fields]


async def _came(request: Request) -> Came:
    fields = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    query = f"?{request.url.query}" if request.url.query else ""
    url = f"{PUBLIC}{request.url.path}{query}"
    signed = RequestValidator(TOKEN).validate(url, fields, request.headers.get("x-twilio-signature", ""))
    token = request.headers.get("i-twilio-idempotency-token", "")
    return Came(request.url.path, request.url.query, fields, token, signed)
