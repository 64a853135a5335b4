"""Every quantity in a text: numbers, money, ages, durations and dates, as people say them."""

from datetime import date

from knowledge.amounts.amount import DATE, YEAR, Amount, Interval
from knowledge.amounts.dates import read_date
from knowledge.amounts.kinds import classify
from knowledge.amounts.ranges import read_quantity
from knowledge.amounts.relative import read_relative
from knowledge.amounts.said import Said
from knowledge.amounts.tokens import Tokens, tokenise


def find(text: str, today: date) -> list[Amount]:
    """All quantities in the order of their places, none within another; times are told from `today`.

    Any text is read, no error is raised; what counts nothing (telephone numbers, times of day, "5 baje") is left out.
    """
    tokens, found, place = tokenise(text), [], 0
    while place < len(tokens):
        amount, place = _at(tokens, place, today)
        if amount:
            found.append(amount)
    return found


def _at(tokens: Tokens, place: int, today: date) -> tuple[Amount | None, int]:
    """What begins at `place`, if anything, and the place to go on from."""
    dated = read_date(tokens, place, today) or read_relative(tokens, place, today)
    if dated:
        when, after = dated
        return (_date(tokens, place, after, when) if when else None), after
    number = read_quantity(tokens, place)
    return classify(Said(tokens, number, today)) if number else (None, place + 1)


def _date(tokens: Tokens, place: int, after: int, when: Interval) -> Amount:
    start, end = tokens[place].start, tokens[after - 1].end
    return Amount(DATE, when.first.year, when.last.year, YEAR, start, end, when)
