"""What Twilio checks before it accepts a message, in the order in which it complains."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from channels.fake_twilio.messages import Ledger, Message, new_sid
from channels.fake_twilio.refusals import Refusal
from channels.fake_twilio.settings import FakeSettings
from channels.fake_twilio.templates import Templates

LONGEST = 1600
NUMBER = re.compile(r"\+[1-9]\d{7,14}")
BUSINESS_SCOPED = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")
CONTENT_SID = re.compile(r"HX[0-9a-f]{32}")
Fields = Mapping[str, list[str]]


class Desk:
    """Takes what the gateway wants sent."""

    def __init__(self, settings: FakeSettings, ledger: Ledger, templates: Templates) -> None:
        self._settings, self._ledger, self._templates = settings, ledger, templates

    def accept(self, fields: Fields) -> Message:
        """The message, queued; or a Refusal, and nothing happened."""
        to, sender = _first(fields, "To"), _first(fields, "From")
        self._check_addresses(to, sender)
        body, extra = self._content(fields)
        media = fields.get("MediaUrl", [])
        _check_parts(body, media, _first(fields, "StatusCallback"))
        if self._ledger.contact(to).opted_out:
            raise Refusal(21610)
        message = self.new("outbound-api", sender, to, body, media=media, extra=extra)
        message.callback = _first(fields, "StatusCallback") or None
        return self._ledger.add(message)

    def new(self, direction: str, sender: str, to: str, body: str, **more: Any) -> Message:
        """One that is not yet in the ledger."""
        now = self._ledger.clock()
        status = "received" if direction == "inbound" else "queued"
        sid = more.pop("sid", None) or new_sid("MM" if more.get("media") else "SM")
        return Message(sid, direction, sender, to, body, status, created=now, updated=now, **more)

    def _check_addresses(self, to: str, sender: str) -> None:
        if not to:
            raise Refusal(21604)
        if not sender:
            raise Refusal(21603)
        if not is_address(to):
            raise Refusal(21211, to)
        if to.startswith("whatsapp:") != sender.startswith("whatsapp:"):
            raise Refusal(21910)
        if sender not in {self._settings.sender(channel) for channel in ("whatsapp", "sms", "voice")}:
            raise Refusal(63007) if sender.startswith("whatsapp:") else Refusal(21606, sender)

    def _content(self, fields: Fields) -> tuple[str, dict[str, Any]]:
        sid = _first(fields, "ContentSid")
        if not sid:
            return _first(fields, "Body"), {}
        if not CONTENT_SID.fullmatch(sid):
            raise Refusal(21655)
        variables = _variables(_first(fields, "ContentVariables"))
        return self._templates.fill(sid, variables)


def is_address(text: str) -> bool:
    """A phone number in E.164, or on WhatsApp also a business-scoped id."""
    bare = text.removeprefix("whatsapp:")
    on_whatsapp = bare != text
    return bool(NUMBER.fullmatch(bare) or (on_whatsapp and BUSINESS_SCOPED.fullmatch(bare)))


def _check_parts(body: str, media: list[str], callback: str) -> None:
    if not body and not media:
        raise Refusal(21602)
    if len(body) > LONGEST:
        raise Refusal(21617)
    if not all(_is_url(each) for each in media):
        raise Refusal(21620)
    if callback and not _is_url(callback):
        raise Refusal(21609, callback)


def _variables(text: str) -> dict[str, str]:
    try:
        given = json.loads(text or "{}")
    except ValueError:
        raise Refusal(21656) from None
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise Refusal(21656)
    return given


def _is_url(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _first(fields: Fields, name: str) -> str:
    return (fields.get(name) or [""])[0]
