"""Dates in digits: 15/08/2025, 2025-08-15, 15/8 ko, the financial year 2024-25, "10 tarikh ko"."""

from datetime import date

from knowledge.amounts import intervals
from knowledge.amounts.amount import DAY, YEAR, Interval
from knowledge.amounts.months import read_day, read_month, read_month_of_year
from knowledge.amounts.tense import tense
from knowledge.amounts.tokens import DATE, Tokens, at, word
from knowledge.amounts.words import group

_MONTHS = 12
_AHEAD = 10  # a year in two digits lies at most so far in the future: 35 is 2035, 85 is 1985
_CENTURY = 100
_YEAR_DIGITS = 4
_FINANCIAL_YEAR = (4, 3)  # from April to March


def read_date(tokens: Tokens, place: int, today: date) -> tuple[Interval | None, int] | None:
    """The date at `place` and the first place behind it; the date is None for digits that are none (45/13/2025)."""
    token = tokens[place]
    if token.kind == DATE:
        return _parse(token.word, today), place + 1
    if token.is_number and (found := _slashed(tokens, place, today) or _financial_year(tokens, place)):
        return found
    month = read_month_of_year(tokens, place, today) or read_month(tokens, place, today)
    return month or _day_of_month(tokens, place, today)


def _parse(text: str, today: date) -> Interval | None:
    """Day first, as India writes it; month first where only that is a date; year first in ISO order."""
    parts = [int(part) for part in text.replace(".", "/").replace("-", "/").split("/")]
    year_first = text.find("-") == _YEAR_DIGITS
    year, month, day = parts if year_first else reversed(parts)
    if year < _CENTURY and not year_first:
        year = _full_year(year, today)
    if month > _MONTHS >= day:
        month, day = day, month
    return _exact(year, month, day)


def _full_year(short: int, today: date) -> int:
    century = today.year - today.year % _CENTURY
    return century + short if century + short <= today.year + _AHEAD else century - _CENTURY + short


def _exact(year: int, month: int, day: int) -> Interval | None:
    try:
        return intervals.of_day(date(year, month, day))
    except ValueError:
        return None


def _slashed(tokens: Tokens, place: int, today: date) -> tuple[Interval | None, int] | None:
    """15/8 with a word behind it that makes it a date."""
    second = at(tokens, place + 1)
    if second is None or second.gap != "/" or word(tokens, place + 2) not in group("calendar.after"):
        return None
    day, month = tokens[place].word, second.word
    if not (day.isdigit() and month.isdigit() and 1 <= int(month) <= _MONTHS and 1 <= int(day) <= 31):
        return None
    years = (_exact(today.year + shift, int(month), int(day)) for shift in (-1, 0, 1))
    found = [day for day in years if day]
    return (intervals.nearest(found, today, tense(tokens, place)), place + 2) if found else None


def _financial_year(tokens: Tokens, place: int) -> tuple[Interval | None, int] | None:
    """2024-25 is April 2024 to March 2025."""
    first, second = tokens[place], at(tokens, place + 1)
    if second is None or second.gap not in ("-", "–", "/") or (len(first.word), len(second.word)) != (_YEAR_DIGITS, 2):
        return None
    if not (first.word.isdigit() and second.word.isdigit() and 1900 <= int(first.word) < 2100):
        return None
    if (int(first.word) + 1) % _CENTURY != int(second.word):
        return None
    begin, end = (intervals.of_month(int(first.word) + i, month) for i, month in enumerate(_FINANCIAL_YEAR))
    return Interval(begin.first, end.last, YEAR), place + 2


def _day_of_month(tokens: Tokens, place: int, today: date) -> tuple[Interval | None, int] | None:
    """ "10 tarikh ko": the day of this month or of one beside it."""
    days = read_day(tokens, place)
    if days is None or word(tokens, days.after) not in group("calendar.day_of_month"):
        return None
    try:
        months = [intervals.month_from(today, shift).first for shift in (-1, 0, 1)]
    except ValueError:
        return None
    found = [intervals.of_days(m.year, m.month, int(days.low), int(days.high)) for m in months]
    exact = [interval for interval in found if interval.precision == DAY]
    return intervals.nearest(exact, today, tense(tokens, place)), days.after + 1
