"""A gateway that delivers, as a test uses it: people write, the provider tells, the database is looked at."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fake_carrier import FakeCarrier, Reached
from fastapi import FastAPI
from gateway_settings import settings
from sqlalchemy import create_engine, text
from twilio.request_validator import RequestValidator

from channels.app import create_app
from channels.fake_bot import FakeBot
from channels.settings import ROOT

TOKEN, PUBLIC = "a-token-of-the-tests", "https://odop.example"
WHATSAPP, SMS = "whatsapp:+14155238886", "+18005550100"
QUICK: dict[str, Any] = {
    "twilio_auth_token": TOKEN,
    "public_url": PUBLIC,
    "bot_timeout_seconds": 5,
    "retry_after_seconds": (0.05, 0.1, 0.2, 0.4, 0.8, 1.6),
    "turn_again_seconds": (0.05, 0.1, 0.2),
    "settle_seconds": 0.05,
    "send_timeout_seconds": 0.5,
    "record_within_seconds": 0.3,
    "sweep_seconds": 0.2,
    "send_rate_whatsapp": 1000,
    "send_rate_sms": 1000,
    "late_after_seconds": 3600,  # tests of what is told then set less
    "privacy_notice_version": "",  # tests of the notice set one
    "marks_hint_days": 0,  # and those of the hint
    "messages_a_minute": 1000,  # and those of too many
    "delivery_sentences_file": ROOT / "bot" / "responses" / "delivery.yml",
}
_SIDS = itertools.count(1)


class EchoBot(FakeBot):
    """Answers each message with its own words, so that an answer can be told from another."""

    def _body(self, message: dict[str, Any]) -> str:
        if self.mode == "well" and self.replies is None:
            import json

            reply = {"text": f"re {message['text']}", "language": "en", "outcome": "answered"}
            return json.dumps({"replies": [reply]})
        return super()._body(message)


def sid() -> str:
    return f"SMin{next(_SIDS):028}"


def signed(path: str, form: dict[str, str]) -> dict[str, str]:
    return {"X-Twilio-Signature": RequestValidator(TOKEN).compute_signature(PUBLIC + path, form)}


class Line:
    def __init__(self, address: str, bot: FakeBot, carrier: FakeCarrier, **changes: Any) -> None:
        self.address, self.bot, self.carrier = address, bot, carrier
        provider = Reached.beside(carrier)
        chosen = QUICK | {"database_url": address} | changes
        self.app: FastAPI = create_app(
            settings(**chosen), httpx.ASGITransport(bot.app), providers={"whatsapp": provider, "sms": provider}
        )
        # DBOS ends when its listener next wakes: otherwise each test takes a second more.
        self.app.state.delivery._workflows._config["notification_listener_polling_interval_sec"] = 0.05
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://gateway")
        self.engine = create_engine(address)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Line"]:
        async with self.app.router.lifespan_context(self.app):
            yield self
        await self.client.aclose()
        self.engine.dispose()

    async def post(self, path: str, form: dict[str, str], **headers: str) -> httpx.Response:
        given = signed(path, form) | headers
        return await self.client.post(path, data=form, headers=given)

    async def write(
        self, words: str, who: str = "whatsapp:+919800000001", message_sid: str | None = None, **more: str
    ) -> httpx.Response:
        """A person writes."""
        ours = WHATSAPP if who.startswith("whatsapp:") else SMS
        form = {"MessageSid": message_sid or sid(), "From": who, "To": ours, "Body": words, "NumMedia": "0"} | more
        return await self.post("/webhooks/twilio/messages", form)

    async def tell(self, reference: str, message_sid: str, status: str, code: str = "") -> httpx.Response:
        """The provider tells what became of a message."""
        form = {"MessageSid": message_sid, "MessageStatus": status} | ({"ErrorCode": code} if code else {})
        return await self.post(f"/webhooks/twilio/status?m={reference}", form)

    def rows(self, query: str, **values: Any) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(text(query), values).all())

    def value(self, query: str, **values: Any) -> Any:
        (row,) = self.rows(query, **values)
        return row[0]

    async def until(self, is_so: Callable[[], bool], seconds: float = 30.0) -> None:
        """Waits until it is so; fails if that takes too long."""
        async with asyncio.timeout(seconds):
            while not is_so():
                await asyncio.sleep(0.02)

    async def quiet(self, seconds: float = 60.0) -> None:
        """Until nothing is left to answer or to send."""
        await self.until(lambda: self._open() == 0, seconds)

    def _open(self) -> int:
        waiting = "SELECT (SELECT count(*) FROM inbound WHERE state = 'received') + "
        return int(self.value(waiting + "(SELECT count(*) FROM outbound WHERE state IN ('waiting', 'sending'))"))
