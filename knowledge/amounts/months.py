"""Dates with the month's name: 15 अगस्त 2025, march 10 ko, pichle march, April 2019."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from knowledge.amounts import intervals
from knowledge.amounts.amount import YEAR, Interval
from knowledge.amounts.number import Number, read_number
from knowledge.amounts.ranges import read_quantity
from knowledge.amounts.relative import side
from knowledge.amounts.tense import tense
from knowledge.amounts.tokens import Tokens, at, same_clause, word
from knowledge.amounts.words import group, is_unit, scale, table, time_unit

_LAST_DAY = 31
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_DAY_DIGITS = 2


@dataclass(frozen=True)
class _Named:
    """A month as said: days and year are None where the text has none; `after` is the place behind it all."""

    month: int
    after: int
    days: Number | None = None
    year: int | None = None


def read_month(tokens: Tokens, place: int, today: date) -> tuple[Interval, int] | None:
    """The date at `place` and the first place behind it."""
    named = _day_first(tokens, place) or _month_first(tokens, place)
    if named is None:
        return None
    try:
        return _resolve(named, tokens, place, today), named.after
    except (OverflowError, ValueError):
        return None


def _resolve(named: _Named, tokens: Tokens, place: int, today: date) -> Interval:
    if named.year is not None:
        return _interval(named, named.year)
    years = (_interval(named, today.year + shift) for shift in (-1, 0, 1))
    said = side(word(tokens, place - 1))
    if said:  # "last March" said in March is a year ago
        years = (i for i in years if (i.last < today if said < 0 else i.first > today))
    return intervals.nearest(years, today, said or tense(tokens, named.after - 1))


def _interval(named: _Named, year: int) -> Interval:
    if named.days is None:
        return intervals.of_month(year, named.month)
    return intervals.of_days(year, named.month, int(named.days.low), int(named.days.high))


def read_month_of_year(tokens: Tokens, place: int, today: date) -> tuple[Interval, int] | None:
    """ "pichle saal march", "last year in March"."""
    shift, behind_in = side(word(tokens, place)), word(tokens, place + 2) == "in"
    month_place = place + (3 if behind_in else 2)
    month = _month(tokens, month_place)
    if shift is None or time_unit(word(tokens, place + 1)) != YEAR or month is None or _is_weak(tokens, month_place):
        return None
    try:
        return intervals.of_month(today.year + shift, month), month_place + 1
    except (OverflowError, ValueError):
        return None


def _day_first(tokens: Tokens, place: int) -> _Named | None:
    """15 August 2025, 15th of August, das march ko."""
    days = read_day(tokens, place)
    if days is None:
        return None
    month_place = days.after + (1 if word(tokens, days.after) in group("calendar.of") else 0)
    month = _month(tokens, month_place)
    if month is None or not same_clause(tokens, place, month_place):
        return None
    year, after = _year(tokens, month_place + 1)
    if year is None and _is_weak(tokens, month_place) and word(tokens, after) not in group("calendar.after"):
        return None
    return _Named(month, after, days, year)


def read_day(tokens: Tokens, place: int) -> Number | None:
    """A day of a month or a range of them; "15th" too, and "15" written together with the month."""
    days = read_quantity(tokens, place)
    if days is None:
        days = _day_in_digits(tokens, place)
    if days is None or days.low.denominator * days.high.denominator > 1 or days.scale > 1:
        return None
    return days if days.low >= 1 and days.high <= _LAST_DAY else None


def _day_in_digits(tokens: Tokens, place: int) -> Number | None:
    token = at(tokens, place)
    if token is None or not token.is_number or not token.word.isdigit() or len(token.word) > _DAY_DIGITS:
        return None
    ordinal = word(tokens, place + 1) in group("calendar.ordinal") and tokens[place + 1].glued
    day = Fraction(token.word)
    return Number(day, day, 1, place, place + 1 + ordinal)


def _month_first(tokens: Tokens, place: int) -> _Named | None:
    """August 15, 2025; march 10 ko; April 2019; "in March"."""
    month = _month(tokens, place)
    if month is None:
        return None
    year, after = _year(tokens, place + 1)
    if year is not None:
        return _Named(month, after, None, year)
    return _month_and_day(tokens, place, month) or _month_alone(tokens, place, month)


def _month_and_day(tokens: Tokens, place: int, month: int) -> _Named | None:
    days = read_day(tokens, place + 1)
    if days is None or not same_clause(tokens, place, days.after - 1):
        return None
    following = word(tokens, days.after)
    if scale(following) is not None or is_unit(following):
        return None
    year, after = _year(tokens, days.after)
    dated = year is not None or (not _is_weak(tokens, place) and _follows_directly(tokens, place + 1))
    return _Named(month, after, days, year) if dated else None


def _follows_directly(tokens: Tokens, place: int) -> bool:
    return not tokens[place].gap.strip()


def _month_alone(tokens: Tokens, place: int, month: int) -> _Named | None:
    """A month without day or year needs a word that makes it a time."""
    before = word(tokens, place - 1) in group("calendar.alone.before")
    after = word(tokens, place + 1) in group("calendar.alone.after")
    if len(tokens) == 1 or (not _is_weak(tokens, place) and (before or after)):
        return _Named(month, place + 1)
    return None


def _month(tokens: Tokens, place: int) -> int | None:
    found: int | None = table("calendar.months").get(word(tokens, place))
    return found


def _is_weak(tokens: Tokens, place: int) -> bool:
    return word(tokens, place) in group("calendar.weak")


def _year(tokens: Tokens, place: int) -> tuple[int | None, int]:
    """The year behind a month and the first place behind it: 2025, दो हज़ार पच्चीस."""
    token = at(tokens, place)
    number = read_number(tokens, place) if token and token.gap.strip() in ("", ",", "-") else None
    if number is None or number.low.denominator > 1 or not _FIRST_YEAR <= number.low <= _LAST_YEAR:
        return None, place
    following = word(tokens, number.after)
    counted = scale(following) is not None or is_unit(following)
    return (None, place) if counted else (int(number.low), number.after)
