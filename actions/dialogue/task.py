"""What one kind of dialogue must know. Hearing, correcting, leaving and asking back are the same for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.dialogue.cues import Cues
from actions.dialogue.field import Field
from actions.dialogue.message import Message
from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.eligibility.kinds import Value


@dataclass(frozen=True)
class Occasion:
    """What a dialogue may know of the turn it takes part in. `language` is that of the reply."""

    today: date
    language: str
    channel: str
    session: str
    sender: str | None = None  # the mobile number the provider vouches for, on WhatsApp and SMS only


class Task:
    """A kind of dialogue. Called in a thread: it may wait for a database."""

    kind: str
    intent: str = ""  # that begins it; none: only a button does, or another action

    def fields(self) -> Mapping[str, Field]:
        """All it may ask for, in the order of asking."""
        raise NotImplementedError

    def next(self, state: State, today: date) -> str | None:
        """The name of the field worth asking next, neither told nor refused; None: it can end."""
        raise NotImplementedError

    def finish(self, state: State, occasion: Occasion) -> Sequence[Said]:
        """What is said at the end, the answer in the first sentence. May be called for any state."""
        raise NotImplementedError

    def next_step(self, state: State, occasion: Occasion) -> Sequence[Said]:
        """What to do now, asked once it is over; empty where there is nothing to say."""
        return self.finish(state, occasion)

    def switched(self, state: State, message: Message) -> str | None:
        """Another topic of this dialogue that the message asks to look at; None where it asks for none."""
        return None

    def topic(self, text: str, scheme: str) -> str:
        """What it is about, told by the words that begin it; `scheme`: the one they name, or empty."""
        return ""

    def forget(self, state: State) -> State:
        """What is kept once it is over, so that it can be corrected or gone on with."""
        return state

    def cues(self) -> Mapping[str, Cues]:
        """By which words its fields are told without being asked."""
        return {}

    def field(self, state: State, name: str) -> Field:
        """The field as it is best asked, given what is known."""
        return self.fields()[name]

    def opening(self) -> Said:
        """What is said before the first question."""
        return Said(f"utter_{self.kind}_begin", outcome="question_asked")

    def begin(self, state: State, occasion: Occasion) -> tuple[State, Sequence[Said]]:
        """Before the first question, or when it goes on with another topic."""
        return state, ()

    def read(self, state: State, message: Message) -> Mapping[str, Value]:
        """What else the message tells, by the names found in it (districts, products)."""
        return {}

    def told(self, state: State, name: str, occasion: Occasion) -> tuple[State, Sequence[Said]]:
        """After `name` was told or corrected: it may act (send a code), take things back, and say something first."""
        return state, ()
