"""The shape of whoever carries messages.

Of a send the caller learns one of three things: `Sent` (the provider has it), `Refused` (the provider
said no, nothing was sent) or `Unknown` (it may have it: ask with `find` before any second try).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Template:
    """A message that the provider keeps, and what fills its gaps."""

    sid: str
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outgoing:
    """One message. `reference` is our id of it; it comes back in the status callback's address (?m=reference)."""

    reference: str  # [A-Za-z0-9_-]{1,64}
    sender: str  # our address: "whatsapp:+14155238886" or "+1800..."
    to: str  # "whatsapp:+9198...", "+9198...", or a business-scoped id: "whatsapp:IN.abc123"
    text: str
    media_url: str | None = None
    template: Template | None = None


@dataclass(frozen=True)
class Sent:
    """The provider's id of the message, and its first status."""

    id: str
    status: str


# Exceptions of dataclasses cannot be frozen (Python writes the traceback into them). All arguments go to
# Exception, so that they survive pickling.
class Refused(Exception):
    """The provider said no: nothing was sent. `code` is the provider's, or a word of ours."""

    def __init__(self, code: str, may_retry: bool, retry_after: float | None = None) -> None:
        super().__init__(code, may_retry, retry_after)
        self.code = code
        self.may_retry = may_retry
        self.retry_after = retry_after


class Unknown(Exception):
    """A time-out or a broken connection after the request may have been read. `reason` is a word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Provider(Protocol):
    async def send(self, message: Outgoing) -> Sent:
        """One request at most. Raises Refused, Unknown."""

    async def find(self, message: Outgoing, since: datetime, known: Collection[str]) -> Sent | None:
        """After Unknown: the provider's record of this very message (same to, sender and text, not one of the
        ids `known`), None if it has none. Raises Refused, Unknown if it cannot say."""
