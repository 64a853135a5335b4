"""Twilio's Messages interface: one request for each send, and asking afterwards what became of it."""

import json
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
from pydantic import SecretStr

from channels.providers.base import Outgoing, Sent, Unknown
from channels.providers.exchange import ask, fields, moment

STATUS_PATH = "/webhooks/twilio/status"
TIMEOUT = httpx.Timeout(15.0, connect=5.0)
# A trial account puts this before every text.
_TRIAL = "Sent from your Twilio trial account - "
# How far Twilio's clock and ours may be apart: ours may have been put forward, even by a day.
_CLOCKS = timedelta(hours=26)
_PAGE_SIZE, _PAGES = 1000, 5

Record = dict[str, Any]


@dataclass(frozen=True)
class Account:
    """Whose messages they are, and where Twilio and we find each other."""

    sid: str
    token: SecretStr
    api_url: str
    public_url: str


class Twilio:
    """A Provider for WhatsApp and SMS. The client belongs to the caller."""

    def __init__(self, account: Account, client: httpx.AsyncClient) -> None:
        self._account = account
        self._client = client
        self._path = f"/2010-04-01/Accounts/{quote(account.sid, safe='')}/Messages.json"

    async def send(self, message: Outgoing) -> Sent:
        """One request, never repeated here."""
        record = await self._ask("POST", self._path, data=self._form(message))
        if not record.get("sid"):
            raise Unknown("malformed")
        return _sent(record)

    async def find(self, message: Outgoing, since: datetime, known: Collection[str]) -> Sent | None:
        """The newest record that is this message. Ask some seconds after the send: the list may lag."""
        candidates = [
            record async for record in self._recent(message, since - _CLOCKS) if _may_be(record, message, known)
        ]
        same = [record for record in candidates if message.template or _text(record) == message.text.strip()]
        if same:
            return _sent(max(same, key=_created))
        if any(not _text(record) for record in candidates):
            raise Unknown("text_hidden")  # the account has its texts removed
        return None

    async def _recent(self, message: Outgoing, start: datetime) -> AsyncIterator[Record]:
        """Newest first. Not narrowed by DateSent: what still waits in Twilio's queue has none yet."""
        path: str | None = self._path
        query: dict[str, str] | None = {"To": message.to, "From": message.sender, "PageSize": str(_PAGE_SIZE)}
        for _ in range(_PAGES):
            page = await self._ask("GET", str(path), params=query)
            records = [record for record in _records(page) if _created(record) >= start]
            for record in records:
                yield record
            path, query = _next(page), None  # the path of the next page has its query
            if not path or not records:
                return
        raise Unknown("too_many")

    async def _ask(self, method: str, path: str, **request: Any) -> Record:
        account = self._account
        auth = (account.sid, account.token.get_secret_value())
        url = account.api_url.rstrip("/") + path
        return fields(await ask(self._client, method, url, auth=auth, timeout=TIMEOUT, **request))

    def _form(self, message: Outgoing) -> dict[str, str]:
        callback = f"{self._account.public_url}{STATUS_PATH}?m={quote(message.reference, safe='')}"
        return {"To": message.to, "From": message.sender, "StatusCallback": callback} | _content(message)


def _content(message: Outgoing) -> dict[str, str]:
    """A template stands in place of text and media."""
    if message.template:
        variables = json.dumps(dict(message.template.variables), ensure_ascii=False)
        return {"ContentSid": message.template.sid, "ContentVariables": variables}
    media = {"MediaUrl": message.media_url} if message.media_url else {}
    return {"Body": message.text} | media if message.text else media


def _records(page: Record) -> list[Record]:
    records = page.get("messages")
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Unknown("malformed")
    return records


def _next(page: Record) -> str | None:
    """Only a path: our credentials stay with the address from the settings."""
    path = page.get("next_page_uri")
    if path and not str(path).startswith("/"):
        raise Unknown("malformed")
    return str(path) if path else None


def _may_be(record: Record, message: Outgoing, known: Collection[str]) -> bool:
    ours = (record.get("to"), record.get("from"), record.get("direction"))
    return ours == (message.to, message.sender, "outbound-api") and record.get("sid") not in known


def _text(record: Record) -> str:
    return str(record.get("body") or "").strip().removeprefix(_TRIAL).strip()


def _created(record: Record) -> datetime:
    try:
        return moment(str(record["date_created"]))
    except (KeyError, ValueError):
        raise Unknown("malformed") from None


def _sent(record: Record) -> Sent:
    return Sent(str(record["sid"]), str(record.get("status") or "accepted"))
