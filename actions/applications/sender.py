"""How a one-time code reaches the registered mobile."""

from typing import Protocol

from actions.applications.errors import CannotSend
from actions.applications.mobile import Mobile


class Sender(Protocol):
    """Sends one SMS. May be slow and may fail: it is called aside, and whoever asked never learns which."""

    def send(self, mobile: Mobile, text: str) -> None: ...


class NoSender:
    """Where nothing is set up to send: whoever asks for a code is told so (Disclosure.can_send)."""

    def send(self, mobile: Mobile, text: str) -> None:
        raise CannotSend


class KeptSender:
    """Sends nothing and keeps everything: for tests, and for demonstrations on one machine."""

    def __init__(self) -> None:
        self.sent: list[tuple[Mobile, str]] = []

    def send(self, mobile: Mobile, text: str) -> None:
        self.sent.append((mobile, text))
