"""What a fact can be: yes or no, one of a few, a number, rupees, a date."""

from dataclasses import dataclass
from datetime import date

Value = bool | int | str | date

CRORE = 10_000_000


def _is_number(value: object) -> bool:
    """In Python True is a number too; for us it is not."""
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True)
class YesNo:
    def fault(self, value: object) -> str | None:
        return None if isinstance(value, bool) else f"{value!r} is not yes or no"


@dataclass(frozen=True)
class Choice:
    options: tuple[str, ...]

    def fault(self, value: object) -> str | None:
        return None if value in self.options else f"{value!r} is not one of {', '.join(self.options)}"


@dataclass(frozen=True)
class Whole:
    """A whole number within reason, so that a slip of the finger is noticed; `percent`: it may be told in percent."""

    low: int
    high: int
    percent: bool = False

    def fault(self, value: object) -> str | None:
        fits = isinstance(value, int) and _is_number(value) and self.low <= value <= self.high
        return None if fits else f"{value!r} is not a whole number from {self.low} to {self.high}"


@dataclass(frozen=True)
class Rupees(Whole):
    low: int = 0
    high: int = 1000 * CRORE


@dataclass(frozen=True)
class Day:
    """`exact`: of "last month" no day can be taken, because something is counted from it to the day."""

    exact: bool = False

    def fault(self, value: object) -> str | None:
        return None if type(value) is date else f"{value!r} is not a date"


Kind = YesNo | Choice | Whole | Day
