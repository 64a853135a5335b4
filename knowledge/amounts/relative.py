"""Times told from today: yesterday, kal, last year, pichle mahine, two years ago."""

from datetime import date, timedelta
from fractions import Fraction

from knowledge.amounts import intervals
from knowledge.amounts.amount import DAY, MONTH, WEEK, YEAR, Interval
from knowledge.amounts.number import Number, read_number
from knowledge.amounts.tense import tense
from knowledge.amounts.tokens import Tokens, same_clause, word
from knowledge.amounts.words import group, lists, table, time_unit

_MONTHS = 12
_IN_DAYS = {
    MONTH: Fraction(365, 12),
    WEEK: Fraction(7),
    DAY: Fraction(1),
    "hour": Fraction(1, 24),
    "minute": Fraction(1, 1440),
}


def away(number: Number, unit: str, direction: int, today: date) -> Interval | None:
    """So many units before (-1) or after (1) today; a range spans them all. None beyond the calendar."""
    try:
        return intervals.spanning(_step(today, unit, direction * value) for value in (number.low, number.high))
    except (OverflowError, ValueError):
        return None


def _step(today: date, unit: str, steps: Fraction) -> Interval:
    """A part of a unit counts in the next smaller one: डेढ़ साल is 18 months."""
    if unit == YEAR:
        whole = steps.denominator == 1
        return intervals.of_year(today.year + int(steps)) if whole else _step(today, MONTH, _MONTHS * steps)
    if unit == MONTH and steps.denominator == 1:
        return intervals.month_from(today, int(steps))
    days = steps * _IN_DAYS[unit]
    day = today + timedelta(days=round(days) if unit in (MONTH, WEEK) else int(days))
    return intervals.of_week(day) if unit in (MONTH, WEEK) else intervals.of_day(day)


def read_relative(tokens: Tokens, place: int, today: date) -> tuple[Interval | None, int] | None:
    """The time named at `place` and the first place behind it; the time is None for "aaj kal" (nowadays)."""
    try:
        return _named_unit(tokens, place, today) or _named_day(tokens, place, today)
    except (OverflowError, ValueError):
        return None


def _named_unit(tokens: Tokens, place: int, today: date) -> tuple[Interval, int] | None:
    """Last, this or next with year, month or week."""
    unit, direction = time_unit(word(tokens, place + 1)), side(word(tokens, place))
    if unit not in (YEAR, MONTH, WEEK) or direction is None or not same_clause(tokens, place, place + 1):
        return None
    when = _step(today, unit, Fraction(direction))
    return (_day_of(tokens, place + 2, when) if unit == MONTH else None) or (when, place + 2)


def _day_of(tokens: Tokens, place: int, month: Interval) -> tuple[Interval, int] | None:
    """ "... ki 5 tareekh": a day of the month that was named."""
    start = place + (word(tokens, place) in group("calendar.after"))
    number = read_number(tokens, start)
    if number is None or word(tokens, number.after) not in group("calendar.day_of_month"):
        return None
    day = int(number.low)
    return intervals.of_days(month.first.year, month.first.month, day, day), number.after + 1


def side(said: str) -> int | None:
    """-1 for a word like "last", 0 for "this", 1 for "next"."""
    named = {"last": -1, "this": 0, "next": 1}
    return next((sign for name, sign in named.items() if said in group(f"calendar.{name}")), None)


def _named_day(tokens: Tokens, place: int, today: date) -> tuple[Interval | None, int] | None:
    here, following = word(tokens, place), word(tokens, place + 1)
    days, either = table("calendar.days"), table("calendar.either_way")
    if here in days and days[here] == 0 and following in either:
        return None, place + 2
    for shift, phrase in lists("calendar")["around_the_day"].items():
        if [word(tokens, place + i) for i in range(3)] == phrase.split():
            return intervals.of_day(today + timedelta(days=shift)), place + 3
    if here in days:
        return intervals.of_day(today + timedelta(days=days[here])), place + 1
    return (_either_way(tokens, place, today, either[here]), place + 1) if here in either else None


def _either_way(tokens: Tokens, place: int, today: date, shift: int) -> Interval:
    """ "kal" is yesterday or tomorrow; unclear, it is from the one to the other."""
    direction = side(word(tokens, place - 1)) or tense(tokens, place)
    ends = (direction, direction) if direction else (-1, 1)
    return intervals.spanning(intervals.of_day(today + timedelta(days=shift * end)) for end in ends)
