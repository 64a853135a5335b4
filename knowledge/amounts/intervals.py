"""Days, weeks, months and years as intervals of two dates."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

from knowledge.amounts.amount import DAY, MONTH, WEEK, YEAR, Interval

_MONTHS = 12


def of_day(day: date) -> Interval:
    return Interval(day, day, DAY)


def of_week(day: date) -> Interval:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Interval(monday, monday + timedelta(days=6), WEEK)


def of_month(year: int, month: int) -> Interval:
    last = calendar.monthrange(year, month)[1]
    return Interval(date(year, month, 1), date(year, month, last), MONTH)


def of_year(year: int) -> Interval:
    return Interval(date(year, 1, 1), date(year, 12, 31), YEAR)


def of_days(year: int, month: int, first: int, last: int) -> Interval:
    """Two days of a month; the whole month where it has no such days (30 February)."""
    whole = of_month(year, month)
    if not 1 <= first <= last <= whole.last.day:
        return whole
    return Interval(date(year, month, first), date(year, month, last), DAY)


def month_from(day: date, months: int) -> Interval:
    """The month so many months after that of `day`, before it if negative."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return of_month(year, month + 1)


def spanning(intervals: Iterable[Interval]) -> Interval:
    """From the first day of all to the last, in the precision of the first."""
    found = list(intervals)
    first, last = min(i.first for i in found), max(i.last for i in found)
    return Interval(first, last, found[0].precision)


def nearest(candidates: Iterable[Interval], today: date, tense: int) -> Interval:
    """The one that is meant: the last before today in the past (-1), the next in the future (1), else the nearest."""
    found = list(candidates)
    past = [i for i in found if i.first <= today]
    future = [i for i in found if i.last >= today]
    if tense < 0 and past:
        return max(past, key=lambda i: i.first)
    if tense > 0 and future:
        return min(future, key=lambda i: i.first)
    return min(found, key=lambda i: abs(i.first - today) if not i.first <= today <= i.last else timedelta())
