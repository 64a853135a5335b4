"""A link for a caller goes out by SMS, never by voice."""

import re
from typing import Protocol

from channels.delivery.service import Delivery
from channels.errors import StoreFailure
from channels.logs import log

_INDIAN_MOBILE = re.compile(r"\+91[6-9]\d{9}")


class NotSent(Exception):
    """The message was not taken; the caller is told so."""


class TextMessages(Protocol):
    """Whoever sends messages: takes them at once and sees to their sending.

    `reference` names the message: given twice it is sent once. Raises NotSent.
    """

    async def send(self, to: str, text: str, reference: str) -> None: ...


class OutboxTexts:
    """Through the outbox that carries all SMS. `ours`: the address they come from."""

    def __init__(self, delivery: Delivery, ours: str) -> None:
        self._delivery, self._ours = delivery, ours

    async def send(self, to: str, text: str, reference: str) -> None:
        try:
            is_taken = await self._delivery.text(to, self._ours, text, reference)
        except StoreFailure:
            raise NotSent from None
        if not is_taken:
            raise NotSent


class NoTextMessages:
    """Where nothing can be sent."""

    async def send(self, to: str, text: str, reference: str) -> None:
        log.warning("text_message_not_sent", reason="no_sender")
        raise NotSent


def can_get_text(number: str) -> bool:
    """Not a landline, and not a hidden number."""
    return bool(_INDIAN_MOBILE.fullmatch(number))
