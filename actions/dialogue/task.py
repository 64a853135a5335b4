"""What one kind of dialogue must know. Hearing, correcting, leaving and asking back are the same for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from actions.dialogue.field import Field
from actions.dialogue.said import Said
from actions.dialogue.state import State


@dataclass(frozen=True)
class Occasion:
    """What a dialogue may know of the turn it takes part in. `language` is that of the reply."""

    today: date
    language: str
    channel: str
    session: str
    sender: str | None = None  # the mobile number the provider vouches for, on WhatsApp and SMS only


class Task(Protocol):
    """A kind of dialogue. Called in a thread: it may wait for a database."""

    @property
    def kind(self) -> str: ...

    def fields(self) -> Mapping[str, Field]:
        """All it may ask for, in the order of asking."""

    def begin(self, state: State, occasion: Occasion) -> tuple[State, Sequence[Said]]:
        """Before the first question."""

    def next(self, state: State, today: date) -> str | None:
        """The name of the field worth asking next, neither told nor refused; None: it can end."""

    def told(self, state: State, name: str, occasion: Occasion) -> tuple[State, Sequence[Said]]:
        """After `name` was told or corrected: it may act (send a code), take things back, and say something first."""

    def finish(self, state: State, occasion: Occasion) -> Sequence[Said]:
        """What is said at the end, the answer in the first sentence. May be called for any state."""
