"""Counting years and days as the rules count them."""

from datetime import date, timedelta


def years_later(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes 1 March, the later and so safer day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def month_end(day: date) -> date:
    first_of_next = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first_of_next - timedelta(days=1)
