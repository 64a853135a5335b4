"""Messages in both directions, their contacts, and a diary of every exchange; all bounded."""

import itertools
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Clock = Callable[[], datetime]
WINDOW = timedelta(hours=24)  # in which WhatsApp lets one write freely after a contact's message


def current_time() -> datetime:
    return datetime.now(UTC)


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


@dataclass
class Message:
    """As Twilio keeps it."""

    sid: str
    direction: str  # inbound, outbound-api, outbound-reply
    sender: str
    to: str
    body: str
    status: str
    created: datetime
    updated: datetime
    media: list[str] = field(default_factory=list)
    sent: datetime | None = None
    error_code: int | None = None
    callback: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)  # template and its buttons, what a webhook adds
    changed: int = 0  # counts up over all messages, for who asks what is new
    attempts: list[str] = field(default_factory=list)  # outcome of each webhook or callback

    @property
    def contact(self) -> str:
        return self.sender if self.direction == "inbound" else self.to


@dataclass
class Contact:
    """What the network knows of an address."""

    opted_out: bool = False
    last_inbound: datetime | None = None


class Ledger:
    """All that was sent and received, the newest `most` of each kind."""

    def __init__(self, most: int, clock: Clock = current_time) -> None:
        self.clock = clock
        self._contacts: OrderedDict[str, Contact] = OrderedDict()
        self.events: deque[dict[str, Any]] = deque(maxlen=most)
        self._messages: OrderedDict[str, Message] = OrderedDict()
        self._most = most
        self._changes = itertools.count(1)
        self._numbers = itertools.count(1)

    def add(self, message: Message) -> Message:
        self._messages[message.sid] = message
        while len(self._messages) > self._most:
            self._messages.popitem(last=False)
        self.touch(message)
        return message

    def touch(self, message: Message) -> None:
        """It has changed."""
        message.updated, message.changed = self.clock(), next(self._changes)

    def get(self, sid: str) -> Message | None:
        return self._messages.get(sid)

    def newest_first(self) -> Iterator[Message]:
        return reversed(list(self._messages.values()))

    def contact(self, address: str) -> Contact:
        known = self._contacts.setdefault(address, Contact())
        while len(self._contacts) > self._most:
            self._contacts.popitem(last=False)
        return known

    def window_open(self, address: str) -> bool:
        """Whether this contact wrote in the last 24 hours."""
        last = self.contact(address).last_inbound
        return last is not None and self.clock() - last < WINDOW

    def note(self, kind: str, **what: Any) -> None:
        """One line of the diary: rest, webhook, callback or call."""
        self.events.append({"number": next(self._numbers), "at": self.clock().isoformat(), "kind": kind, **what})

    def clear(self) -> None:
        """As if started anew."""
        self._contacts.clear()
        self.events.clear()
        self._messages.clear()
