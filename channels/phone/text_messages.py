"""A link for a caller goes out by SMS, never by voice."""

import re
from typing import Protocol

from channels.logs import log

_INDIAN_MOBILE = re.compile(r"\+91[6-9]\d{9}")


class NotSent(Exception):
    """The message was not taken; the caller is told so."""


class TextMessages(Protocol):
    """Whoever sends messages: takes them at once and sees to their sending.

    `reference` names the message: given twice it is sent once. Raises NotSent.
    """

    async def send(self, to: str, text: str, reference: str) -> None: ...


class NoTextMessages:
    """Where nothing can be sent."""

    async def send(self, to: str, text: str, reference: str) -> None:
        log.warning("text_message_not_sent", reason="no_sender")
        raise NotSent


def can_get_text(number: str) -> bool:
    """Not a landline, and not a hidden number."""
    return bool(_INDIAN_MOBILE.fullmatch(number))
