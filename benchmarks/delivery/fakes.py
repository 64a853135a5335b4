"""`python -m benchmarks.delivery.fakes bot|provider <port>`: both answer at once, so that the gateway is measured.

The provider speaks as much of Twilio's interface as the gateway uses. Told to, everything goes wrong that goes wrong
in tests/channels/delivery/test_delivery_load.py.
"""

import asyncio
import json
import random
import sys
import time
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.fake_bot import FakeBot

WAYS = ["well"] * 12 + ["late", "late", "refuse", "slow_down", "silent_but_accepted", "broken_but_accepted", "silent"]
_AWAY = (0.5, 1.5)  # seconds after the first message: then all are refused
_SILENCE, _LATE = 60.0, 0.02
_REFUSALS: dict[str, tuple[int, int, dict[str, str]]] = {
    "refuse": (503, 20503, {}),
    "slow_down": (429, 63018, {"Retry-After": "0.05"}),
}


class EchoBot(FakeBot):
    """Answers each message with its own words."""

    def _body(self, message: dict[str, Any]) -> str:
        reply = {"text": f"re {message['text']}", "language": "en", "outcome": "answered"}
        return json.dumps({"replies": [reply]})


class Provider:
    """`/records?after=n`: what was taken, from the n-th on. `/troubles`: from now on all goes wrong. `/way`: how
    every message goes from now on, or null."""

    def __init__(self) -> None:
        self._records: list[dict[str, Any]] = []
        self._dice: random.Random | None = None
        self._began: float | None = None
        self._always: str | None = None
        path = "/2010-04-01/Accounts/{account}/Messages.json"
        self.app = Starlette(
            routes=[
                Route(path, self._send, methods=["POST"]),
                Route(path, self._list, methods=["GET"]),
                Route("/records", self._tell),
                Route("/troubles", self._trouble, methods=["PUT"]),
                Route("/way", self._set_way, methods=["PUT"]),
            ]
        )

    async def _send(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        way = self._way()
        if way in _REFUSALS:
            status, code, headers = _REFUSALS[way]
            return JSONResponse({"code": code}, status, headers)
        if way == "late":
            await asyncio.sleep(_LATE)
        record = self._accept(form) if way != "silent" else {}
        if way.startswith("silent"):
            await asyncio.sleep(_SILENCE)
        return JSONResponse(record, 500 if way == "broken_but_accepted" else 201)

    def _way(self) -> str:
        if self._always or self._dice is None:
            return self._always or "well"
        self._began = self._began or time.monotonic()
        is_away = _AWAY[0] < time.monotonic() - self._began < _AWAY[1]
        return "refuse" if is_away else self._dice.choice(WAYS)

    def _accept(self, form: dict[str, str]) -> dict[str, Any]:
        told = {"direction": "outbound-api", "status": "queued", "date_created": formatdate(usegmt=True)}
        kept = {"sid": f"SM{len(self._records):032x}", "to": form["To"], "from": form["From"], "body": form["Body"]}
        more = {"at": time.monotonic(), "callback": form["StatusCallback"]}
        self._records.append(kept | told | more)
        return self._records[-1]

    async def _list(self, request: Request) -> Response:
        to = request.query_params["To"]
        found = [record for record in reversed(self._records) if record["to"] == to]
        return JSONResponse({"messages": found, "next_page_uri": None})

    async def _tell(self, request: Request) -> Response:
        return JSONResponse(self._records[int(request.query_params["after"]) :])

    async def _trouble(self, request: Request) -> Response:
        self._dice, self._began = random.Random((await request.json())["seed"]), None
        return Response(status_code=204)

    async def _set_way(self, request: Request) -> Response:
        self._always = (await request.json())["way"]
        return Response(status_code=204)


def main(which: str, port: int) -> None:
    app = EchoBot().app if which == "bot" else Provider().app
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
