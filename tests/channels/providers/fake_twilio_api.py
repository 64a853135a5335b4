"""Twilio's Messages interface in memory: what the provider's tests talk to."""

import json
from collections.abc import Callable
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import httpx
from pydantic import SecretStr

from channels.providers.twilio import Account, Twilio

SID = "AC" + "0" * 32
TOKEN = "token-of-the-account"
PATH = f"/2010-04-01/Accounts/{SID}/Messages.json"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)

Trouble = Callable[[httpx.Request], httpx.Response | None]


class FakeTwilioApi:
    """Takes messages, lists them newest first, and has the trouble it is told to have."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.records: list[dict[str, Any]] = []
        self.trouble: Trouble | None = None
        self.page_size = 50

    def provider(self) -> Twilio:
        client = httpx.AsyncClient(transport=httpx.MockTransport(self.handle))
        return Twilio(Account(SID, SecretStr(TOKEN), "https://api.twilio.com", "https://help.example"), client)

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        troubled = self.trouble(request) if self.trouble else None
        if troubled is not None:
            return troubled
        if request.url.path != PATH or request.headers["Authorization"] != httpx.BasicAuth(SID, TOKEN)._auth_header:
            return error(401, 20003)
        return self._take(request) if request.method == "POST" else self._list(request)

    def forms(self) -> list[dict[str, str]]:
        return [form(request) for request in self.requests if request.method == "POST"]

    def record(self, **changes: Any) -> dict[str, Any]:
        """One more message in Twilio's records."""
        number = len(self.records) + 1
        record: dict[str, Any] = {
            "sid": f"SM{number:032x}",
            "to": "whatsapp:+919800000001",
            "from": "whatsapp:+14155238886",
            "body": "नमस्ते",
            "direction": "outbound-api",
            "status": "queued",
            "date_created": format_datetime(NOW),
            "date_sent": None,
        }
        self.records.insert(0, record | changes)
        return self.records[0]

    def _take(self, request: httpx.Request) -> httpx.Response:
        sent = form(request)
        body = {"to": sent["To"], "from": sent["From"], "body": sent.get("Body", "")}
        return httpx.Response(201, json=self.record(**body))

    def _list(self, request: httpx.Request) -> httpx.Response:
        query = {name: values[0] for name, values in parse_qs(request.url.query.decode()).items()}
        chosen = [each for each in self.records if (each["to"], each["from"]) == (query["To"], query["From"])]
        page = int(query.get("Page", 0))
        size = min(int(query["PageSize"]), self.page_size)
        more = page * size + size < len(chosen)
        path = httpx.URL(PATH, params=query | {"Page": str(page + 1)}).raw_path.decode()
        shown = chosen[page * size : page * size + size]
        return httpx.Response(200, json={"messages": shown, "next_page_uri": path if more else None})


def form(request: httpx.Request) -> dict[str, str]:
    return dict(parse_qsl(request.content.decode(), strict_parsing=True))


def error(status: int, code: int, **headers: str) -> httpx.Response:
    body = {"code": code, "message": "in Twilio's words", "status": status, "more_info": "https://www.twilio.com/docs"}
    return httpx.Response(status, content=json.dumps(body), headers=headers | {"Content-Type": "application/json"})
