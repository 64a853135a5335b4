"""A bot that needs no model: for tests, and to work on the page.

`python -m channels.fake_bot` answers on 127.0.0.1:5005. It obeys the words in its table and can
be told to fail in every way a real one does.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from channels.bot_client import FORGET, HISTORY, RENAME, TIDY, WEBHOOK
from channels.staff.applications import PATH as APPLICATION

SOURCE = {"title": "Jaagruk Bharat, ODOP", "as_of": "2025-07-15", "url": "https://example.org/odop"}
HINDI = {
    "text": "बाँदा का ODOP उत्पाद शजर पत्थर शिल्प है। मार्जिन मनी योजना में ₹6,25,000 तक की सहायता मिल सकती है। "
    "पूरी जानकारी के लिए जिला उद्योग केंद्र (DIC) जाएँ या हेल्पलाइन 1800-1800-888 पर फ़ोन करें।",
    "language": "hi",
    "short": "बाँदा का ODOP उत्पाद शजर पत्थर शिल्प है। जानकारी: 1800-1800-888",
    "buttons": [
        {"title": "आवेदन कैसे करें?", "payload": "entry:margin-money-apply"},
        {"title": "कौन पात्र है?", "payload": "entry:margin-money-who"},
        {"title": "किसी व्यक्ति से बात करें", "payload": "person:"},
    ],
    "sources": [SOURCE, {"title": "odopup.in", "as_of": "2026", "url": None}],
    "outcome": "answered",
    "entry": "product-banda",
}
ENGLISH = {
    "text": "The ODOP product of Banda is Shajar stone craft. Under the margin money scheme the help can "
    "reach Rs 6,25,000 for a project of up to Rs 25 lakh.\nYou need:\n• Aadhaar and PAN\n• A project report\n"
    "• Caste certificate (SC/ST/OBC), if any\nApply on https://odopup.in/apply or call 1800-1800-888.",
    "language": "en",
    "buttons": [
        {"title": "How do I apply?", "payload": "entry:margin-money-apply"},
        {"title": "Who is eligible?", "payload": "entry:margin-money-who"},
    ],
    "sources": [SOURCE],
    "outcome": "answered",
}
HANDOVER = {
    "text": "हमारे साथी आपसे बात करेंगे। तब तक आप हेल्पलाइन 1800-1800-888 पर भी फ़ोन कर सकते हैं।",
    "language": "hi",
    "outcome": "handed_over",
    "handover": {"reason": "asked", "urgency": "normal", "summary": "व्यक्ति से बात करना चाहते हैं।"},
}
HINGLISH = {
    "text": "Bank ne mana kiya hai to pehle bank se kaaran likhit mein maangiye. Phir 30 din mein District "
    "Industries Centre (DIC) mein shikayat kijiye. Helpline: 1800-1800-888.",
    "language": "hi-Latn",
    "buttons": [{"title": "Shikayat kaise karein?", "payload": "entry:complaint"}],
    "sources": [SOURCE],
    "outcome": "answered",
}


class FakeBot:
    """An ASGI application. `mode` is one of the ways to fail, or "well"; `asked` is what came in."""

    def __init__(self, mode: str = "well", delay: float = 0.0) -> None:
        self.mode, self.delay = mode, delay
        self.thinks: Callable[[], Awaitable[object]] | None = None  # while the user waits
        self.asked: list[dict[str, Any]] = []
        self.tokens: list[str] = []
        self.forgotten: list[str] = []
        self.renamed: list[tuple[str, str]] = []
        self.tidied: list[float] = []
        self.replies: list[dict[str, Any]] | None = None
        self.said: list[dict[str, Any]] = []  # what it remembers of any conversation
        self.application: tuple[int, str] = (200, '{"made_up": true}')  # what stands for the action server tells staff
        routes = [Route(WEBHOOK, self._answer, methods=["POST"]), Route("/", self._hello)]
        routes.append(Route(FORGET, self._forget, methods=["POST"]))
        routes.append(Route(RENAME, self._rename, methods=["POST"]))
        routes.append(Route(TIDY, self._tidy, methods=["POST"]))
        routes.append(Route(HISTORY, self._remember, methods=["POST"]))
        routes.append(Route(APPLICATION, self._tell_staff, methods=["POST"]))
        self.app = Starlette(routes=[*routes, Route("/health", self._hello)])

    async def _hello(self, request: Request) -> Response:
        return PlainTextResponse("down" if self.mode == "500" else "up", 500 if self.mode == "500" else 200)

    async def _answer(self, request: Request) -> Response:
        message = await request.json()
        self.asked.append(message)
        self.tokens.append(request.headers.get("authorization", ""))
        await asyncio.sleep(60 if self.mode == "slow" else self.delay)
        if self.thinks:
            await self.thinks()
        status = int(self.mode) if self.mode.isdecimal() else 200
        return Response(self._body(message), status, media_type="application/json")

    async def _forget(self, request: Request) -> Response:
        status = int(self.mode) if self.mode.isdecimal() else 200
        if status == 200:
            self.forgotten.append((await request.json())["sender"])
        return Response("{}", status, media_type="application/json")

    async def _rename(self, request: Request) -> Response:
        status, body = int(self.mode) if self.mode.isdecimal() else 200, await request.json()
        if status == 200:
            self.renamed.append((body["sender"], body["to"]))
        return Response("{}", status, media_type="application/json")

    async def _tidy(self, request: Request) -> Response:
        status = int(self.mode) if self.mode.isdecimal() else 200
        self.tidied.append((await request.json())["before"])
        return Response(json.dumps({"forgotten": 0}), status, media_type="application/json")

    async def _remember(self, request: Request) -> Response:
        status = int(self.mode) if self.mode.isdecimal() else 200
        return Response(json.dumps({"said": self.said}), status, media_type="application/json")

    async def _tell_staff(self, request: Request) -> Response:
        self.asked.append(await request.json())
        self.tokens.append(request.headers.get("authorization", ""))
        status, body = self.application
        return Response(body, status, media_type="application/json")

    def _body(self, message: dict[str, Any]) -> str:
        spoiled = {
            "empty": "[]",
            "none": '{"replies": []}',
            "garbage": "<html>",
            "shape": '{"replies": [{}]}',
        }
        spoiled["blank"] = json.dumps({"replies": [{"text": " \n", "language": "hi"}]})
        return spoiled.get(self.mode) or json.dumps({"replies": self.replies or [_choose(message["text"])]})


def _choose(text: str) -> dict[str, Any]:
    if text == "person:":
        return HANDOVER
    if any("\u0900" <= character <= "\u097f" for character in text):
        return HINDI
    return HINGLISH if {"kya", "hai", "kaise", "mana"} & set(text.lower().split()) else ENGLISH


if __name__ == "__main__":
    uvicorn.run(FakeBot(delay=0.7).app, host="127.0.0.1", port=5005, log_level="warning")
