"""What is said next and what may be answered to it, and what is known of a call. No words of the caller in clear
leave these: a call's state is kept sealed."""

from typing import Literal

from pydantic import BaseModel

from channels.models import Language

# Which step takes the answer.
Then = Literal["language", "question", "confirm", "keys", "wait", "person", "end"]
# `one`: a key answers at once; `many`: a number may be typed; `only`: nothing is listened for.
Keys = Literal["one", "many", "only"]


class Said(BaseModel):
    """Something to be spoken."""

    text: str
    language: Language


class Choice(BaseModel):
    """What may be chosen; `number`: its key, None where numbers are an answer of their own."""

    number: int | None
    title: str
    payload: str


class Screen(BaseModel):
    """One document for Twilio: `first` is said only once, `says` again when asked for, `asks` after every miss."""

    says: list[Said]
    then: Then
    first: list[Said] = []
    asks: list[Said] = []
    keys: Keys = "one"

    def after(self, *first: Said) -> "Screen":
        """The same, with something else said first."""
        return self.model_copy(update={"first": list(first)})


class Pending(BaseModel):
    """A message whose answer is awaited. `quietly`: the answer is not said."""

    text: str
    message_id: str
    polls: int = 0
    quietly: bool = False


class CallState(BaseModel):
    """Where a call is. `screens`: the last ones by their step, so that a repeated request gets the same again."""

    session_id: str
    step: int = 0
    screens: dict[int, Screen] = {}
    language: Language = "hi"
    slow: bool = False
    misses: int = 0  # nothing understood, in a row
    content: Screen | None = None  # what "repeat" says again
    rest: list[Said] = []  # pieces of the answer not heard yet
    tail: list[Said] = []  # said after the last of them
    choices: list[Choice] = []
    links: list[str] = []
    keys: Keys = "one"
    can_mark: bool = False  # the last answer, by a key
    told_marks: bool = False  # which keys these are; once in a call
    doubtful: str = ""
    pending: Pending | None = None
    turns: int = 0
    outcomes: dict[str, int] = {}


class Heard(BaseModel):
    """What a webhook brought."""

    digits: str = ""
    words: str = ""
    confidence: float | None = None
    number: str = ""  # the caller's, as the network names it
    dialled: str = ""  # how a connection ended

    @property
    def is_nothing(self) -> bool:
        return not self.digits and not self.words
