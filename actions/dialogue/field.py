"""One thing a dialogue asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from actions.dialogue.said import Said
from actions.eligibility.kinds import Choice, Day, Kind, Rupees, Whole, YesNo
from knowledge.entry import ByLanguage

__all__ = ["AnswerKind", "Choice", "Day", "Field", "FreeText", "Named", "OwnReading", "Rupees", "Whole", "YesNo"]


@dataclass(frozen=True)
class FreeText:
    """Words taken as they are, such as the name of a bank; cut at `longest` characters."""

    longest: int = 80

    def fault(self, value: object) -> str | None:
        fits = isinstance(value, str) and 0 < len(value) <= self.longest
        return None if fits else f"is not a text of at most {self.longest} characters"


@dataclass(frozen=True)
class Named:
    """A name that the gazetteer finds in the message: `Task.read` gives it."""

    def fault(self, value: object) -> str | None:
        return None if isinstance(value, str) else "is not a name"


@dataclass(frozen=True)
class OwnReading:
    """An answer that only the task itself can read, such as an application number.

    `read` gives the value, what is to be said of an answer of the wrong kind, or None where there is no answer in it.
    """

    read: Callable[[str], str | Said | None]

    def fault(self, value: object) -> str | None:
        return None if isinstance(value, str) else "is not a text"


AnswerKind = Kind | FreeText | Named | OwnReading


@dataclass(frozen=True)
class Field:
    """`choices` names each option of a `Choice`; `why` answers "why do you ask?"."""

    name: str
    kind: AnswerKind
    question: ByLanguage
    why: ByLanguage
    choices: Mapping[str, ByLanguage] = field(default_factory=dict)
