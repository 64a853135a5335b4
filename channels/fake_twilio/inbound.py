"""What a contact sends, brought to the gateway's webhook: signed, tried again, and at times as it should not be."""

import asyncio
import re
import uuid

from channels.fake_twilio.faults import Dice
from channels.fake_twilio.line import Line
from channels.fake_twilio.messages import Ledger, Message
from channels.fake_twilio.resources import VERSION, path, segments
from channels.fake_twilio.settings import MESSAGES_PATH, FakeSettings

KINDS = {"image": "image", "audio": "audio", "video": "video", "application": "document", "text": "contacts"}
COUNTRY = {"+91": "IN", "+1": "US"}


class Inbound:
    """The way from a phone to the gateway."""

    def __init__(self, settings: FakeSettings, ledger: Ledger, line: Line, dice: Dice) -> None:
        self._settings, self._ledger, self._line, self._dice = settings, ledger, line, dice
        self._waiting: dict[str, list[asyncio.Event]] = {}

    def receive(self, message: Message) -> Message:
        """The network has it: from here the 24 hours count."""
        self._ledger.contact(message.sender).last_inbound = self._ledger.clock()
        return self._ledger.add(message)

    async def deliver(self, message: Message, copies: int = 1) -> None:
        """To the webhook; `copies` go at once, as no Twilio should."""
        if self._dice.falls("webhook_late"):
            await asyncio.sleep(self._dice.faults.webhook_late_seconds)
        if self._dice.falls("webhook_out_of_order"):
            await self._let_the_next_go_first(message.sender)
        copies += self._dice.falls("webhook_twice")
        fields, token = self.fields(message), str(uuid.uuid4())
        await asyncio.gather(*(self._try(message, fields, token) for _ in range(copies)))
        for each in self._waiting.pop(message.sender, []):
            each.set()

    async def _let_the_next_go_first(self, contact: str) -> None:
        gone = asyncio.Event()
        self._waiting.setdefault(contact, []).append(gone)
        try:
            await asyncio.wait_for(gone.wait(), self._dice.faults.webhook_out_of_order_seconds)
        except TimeoutError:
            return

    async def _try(self, message: Message, fields: dict[str, str], token: str) -> None:
        """Once, and again after a time-out or a 5xx, with the same token."""
        url = self._settings.public + MESSAGES_PATH
        for _ in range(1 + self._settings.fake_twilio_webhook_retries):
            answer = await self._line.post("webhook", url, fields, {"I-Twilio-Idempotency-Token": token})
            message.attempts.append(str(answer.status_code) if answer else "no answer")
            self._ledger.touch(message)
            if answer is not None and answer.status_code < 500:
                return

    def fields(self, message: Message) -> dict[str, str]:
        """The form that Twilio posts."""
        fields = {
            "AccountSid": self._settings.twilio_account_sid,
            "ApiVersion": VERSION,
            "Body": message.body,
            "From": message.sender,
            "MessageSid": message.sid,
            "NumMedia": str(len(message.media)),
            "NumSegments": str(segments(message)),
            "SmsMessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsStatus": "received",
            "To": message.to,
        }
        for number, each in enumerate(message.media):
            fields |= self._media(message, number, each)
        return fields | (_whatsapp(message) if message.to.startswith("whatsapp:") else _sms(message))

    def _media(self, message: Message, number: int, media: str) -> dict[str, str]:
        sid, _, kind = media.partition(" ")
        address = path(self._settings.twilio_account_sid, message.sid, f"/Media/{sid}")
        return {f"MediaUrl{number}": self._settings.own + address, f"MediaContentType{number}": kind}


def _whatsapp(message: Message) -> dict[str, str]:
    number = message.sender.removeprefix("whatsapp:")
    kind = KINDS.get(message.media[0].partition(" ")[2].partition("/")[0], "document") if message.media else "text"
    fields = {"ProfileName": message.extra.get("profile_name", ""), "ReferralNumMedia": "0", "MessageType": kind}
    if re.fullmatch(r"\+\d+", number):  # a business-scoped id is no phone number
        fields["WaId"] = number.removeprefix("+")
    return fields | _chosen(message)


def _chosen(message: Message) -> dict[str, str]:
    """What a tapped quick reply or item of a list adds."""
    chosen = message.extra.get("chosen")
    if not chosen:
        return {}
    if chosen["kind"] == "list-picker":
        return {"MessageType": "interactive", "ListId": chosen["id"], "ListTitle": chosen["title"]}
    return {"MessageType": "button", "ButtonPayload": chosen["id"], "ButtonText": chosen["title"]}


def _sms(message: Message) -> dict[str, str]:
    """Places are empty for most countries."""
    empty = {f"{side}{what}": "" for side in ("From", "To") for what in ("City", "State", "Zip")}
    return empty | {"FromCountry": _country(message.sender), "ToCountry": _country(message.to)}


def _country(number: str) -> str:
    return next((country for start, country in COUNTRY.items() if number.startswith(start)), "")
