"""What is found in a text: a quantity and its place."""

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

NUMBER, MONEY, AGE, DURATION, DATE = "number", "money", "age", "duration", "date"
PERCENT = "percent"
DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"

# The fewest and the most days of a unit of time; a month is a twelfth of a year.
_DAYS = {
    "minute": (Fraction(1, 1440), Fraction(1, 1440)),
    "hour": (Fraction(1, 24), Fraction(1, 24)),
    DAY: (Fraction(1), Fraction(1)),
    WEEK: (Fraction(7), Fraction(7)),
    MONTH: (Fraction(365, 12), Fraction(366, 12)),
    YEAR: (Fraction(365), Fraction(366)),
}


@dataclass(frozen=True)
class Interval:
    """From the first to the last day, both included; `precision` is day, week, month or year."""

    first: date
    last: date
    precision: str


@dataclass(frozen=True)
class Amount:
    """A quantity said in `text[start:end]`, its unit included; `low` and `high` differ in a range ("5-6 lakh").

    kind        low and high           unit
    number      as said                "percent" or ""
    money       rupees                 "rupee"
    age         years                  "year"
    duration    as said                "minute", "hour", "day", "week", "month" or "year"
    date        its first, last year   "year"; `when` is the date itself, for the other kinds None
    """

    kind: str
    low: float
    high: float
    unit: str
    start: int
    end: int
    when: Interval | None = None

    @property
    def value(self) -> float:
        """The number itself, the middle of a range."""
        return self.low if self.low == self.high else (self.low + self.high) / 2

    @property
    def days(self) -> tuple[int, int] | None:
        """The fewest and the most whole days of a duration."""
        if self.kind != DURATION:
            return None
        fewest, most = _DAYS[self.unit]
        return math.floor(Fraction(self.low) * fewest), math.ceil(Fraction(self.high) * most)


def simple(value: Fraction) -> float:
    """An int where the value is whole, a float elsewhere."""
    return value.numerator if value.denominator == 1 else float(value)
