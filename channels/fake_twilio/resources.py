"""A message and a list of messages as Twilio's REST API writes them."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from channels.fake_twilio.messages import Message
from channels.render.segments import measure_sms

VERSION = "2010-04-01"
PAGE_SIZE = 50
ERRORS = {  # of messages that were accepted first
    30003: "Unreachable destination handset",
    30008: "Unknown error",
    63016: "Failed to send freeform message because you are outside the allowed window. If you are using WhatsApp, "
    "please use a Message Template.",
}


def path(account: str, sid: str = "", ending: str = ".json") -> str:
    return f"/{VERSION}/Accounts/{account}/Messages{'/' + sid if sid else ''}{ending}"


def resource(message: Message, account: str) -> dict[str, Any]:
    """The JSON of one message."""
    return {
        "account_sid": account,
        "api_version": VERSION,
        "body": message.body,
        "date_created": _date(message.created),
        "date_sent": _date(message.sent),
        "date_updated": _date(message.updated),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": ERRORS.get(message.error_code, "Failed") if message.error_code else None,
        "from": message.sender,
        "messaging_service_sid": None,
        "num_media": str(len(message.media)),
        "num_segments": str(segments(message)),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": path(account, message.sid, "/Media.json")},
        "to": message.to,
        "uri": path(account, message.sid),
    }


def segments(message: Message) -> int:
    """As an SMS is counted; a WhatsApp message is one."""
    return 1 if message.to.startswith("whatsapp:") else max(1, measure_sms(message.body).segments)


def page(found: list[Message], account: str, filters: dict[str, str], number: int, size: int) -> dict[str, Any]:
    """One page of a list, with the addresses of its neighbours."""
    start = number * size
    here = found[start : start + size]

    def at(number: int) -> str:
        return f"{path(account)}?{urlencode({**filters, 'PageSize': size, 'Page': number})}"

    return {
        "end": start + max(len(here) - 1, 0),
        "first_page_uri": at(0),
        "messages": [resource(message, account) for message in here],
        "next_page_uri": at(number + 1) if start + size < len(found) else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": at(number - 1) if number else None,
        "start": start,
        "uri": at(number),
    }


def _date(moment: datetime | None) -> str | None:
    return format_datetime(moment) if moment else None
