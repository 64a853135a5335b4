"""The comparisons a condition may use, each for certain kinds of fact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from actions.eligibility.calendar_days import month_end, years_later
from actions.eligibility.kinds import Choice, Day, Kind, Whole, YesNo


@dataclass(frozen=True)
class Operator:
    """`holds(value, argument, on)`; `fault` tells what is wrong with an argument; `from_day` when it will hold."""

    kinds: tuple[type, ...]
    holds: Callable[[Any, Any, date], bool]
    fault: Callable[[Kind, Any], str | None]
    from_day: Callable[[Any, Any], date] | None = None


def _same_kind(kind: Kind, argument: object) -> str | None:
    return kind.fault(argument)


def _options(kind: Kind, argument: object) -> str | None:
    if not isinstance(argument, list) or not argument:
        return "give a list of choices"
    return next((fault for option in argument if (fault := kind.fault(option))), None)


def _count(_kind: Kind, argument: object) -> str | None:
    return Whole(0, 1000).fault(argument)


def _day_after_years(day: date, years: int) -> date:
    return years_later(day, years) + timedelta(days=1)


OPERATORS: dict[str, Operator] = {
    "is": Operator((YesNo, Choice), lambda v, a, _: bool(v == a), _same_kind),
    "in": Operator((Choice,), lambda v, a, _: v in a, _options),
    "at_least": Operator((Whole,), lambda v, a, _: bool(v >= a), _same_kind),
    "at_most": Operator((Whole,), lambda v, a, _: bool(v <= a), _same_kind),
    # "Not in the last two years": the safer reading, from the day after the anniversary.
    "more_than_years_ago": Operator((Day,), lambda v, a, on: on >= _day_after_years(v, a), _count, _day_after_years),
    "at_most_days_ago": Operator((Day,), lambda v, a, on: on <= v + timedelta(days=a), _count),
    # The month in which it happened is not counted.
    "at_most_days_after_its_month": Operator((Day,), lambda v, a, on: on <= month_end(v) + timedelta(days=a), _count),
}
