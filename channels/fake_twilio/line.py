"""Requests to the gateway, signed as Twilio signs them."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import httpx
from twilio.request_validator import RequestValidator

from channels.fake_twilio.messages import Ledger
from channels.fake_twilio.settings import FakeSettings

CONNECT_SECONDS = 5.0
AT_ONCE = 200


class Line:
    """Signs for the public address and calls the gateway where it listens here."""

    def __init__(self, settings: FakeSettings, ledger: Ledger, transport: httpx.AsyncBaseTransport | None) -> None:
        self._settings, self._ledger = settings, ledger
        self._signer = RequestValidator(settings.twilio_auth_token.get_secret_value())
        self._room = asyncio.Semaphore(AT_ONCE)  # the client is slow where its own queue is long
        seconds = settings.fake_twilio_webhook_seconds
        self._http = httpx.AsyncClient(
            transport=transport,
            timeout=httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds)),
            limits=httpx.Limits(max_connections=AT_ONCE, keepalive_expiry=2.0),
            headers={"User-Agent": "TwilioProxy/1.1", "X-Home-Region": "us1"},
            trust_env=False,  # the gateway is a neighbour, never behind a proxy
        )

    async def post(
        self, kind: str, url: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> httpx.Response | None:
        """The answer; None after a time-out or a broken connection. Either is in the diary."""
        async with self._room:
            return await self._post(kind, url, fields, headers)

    async def _post(
        self, kind: str, url: str, fields: Mapping[str, str], headers: Mapping[str, str] | None
    ) -> httpx.Response | None:
        started = time.monotonic()
        try:
            answer = await self._http.post(
                self._reach(url), data=dict(fields), headers=self._headers(url, fields, headers)
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._note(kind, url, fields, type(error).__name__, started)
            return None
        self._note(kind, url, fields, answer.status_code, started)
        return answer

    async def close(self) -> None:
        await self._http.aclose()

    def _headers(self, url: str, fields: Mapping[str, str], more: Mapping[str, str] | None) -> dict[str, str]:
        return {"X-Twilio-Signature": self._signer.compute_signature(url, dict(fields)), **(more or {})}

    def _reach(self, url: str) -> str:
        rest = url.removeprefix(self._settings.public)
        return url if rest == url else self._settings.gateway + rest

    def _note(self, kind: str, url: str, fields: Mapping[str, str], outcome: int | str, started: float) -> None:
        took: Any = round(time.monotonic() - started, 4)
        self._ledger.note(kind, url=url, fields=dict(fields), outcome=outcome, seconds=took)
