"""Whether a number is a year: "2019 me", "in 2019", "दो हज़ार उन्नीस से"."""

from knowledge.amounts import intervals
from knowledge.amounts.amount import Interval
from knowledge.amounts.number import Number
from knowledge.amounts.tokens import Tokens, same_clause, word
from knowledge.amounts.words import group

_FIRST, _LAST = 1900, 2099
# Without any word beside it, only a year that people speak of; a round one is rather a price.
_FIRST_BARE, _LAST_BARE = 1950, 2050
_ROUND = 100
_DIGITS = 4


def is_year(tokens: Tokens, number: Number) -> bool:
    """Whether the words beside it make it one."""
    if not _in_range(number, _FIRST, _LAST):
        return False
    first, after = number.first, number.after
    if word(tokens, first - 1) in group("neighbours.year.before") and same_clause(tokens, first - 1, first):
        return True
    followed = word(tokens, after) in group("neighbours.year.after") and same_clause(tokens, after - 1, after)
    return followed and number.low % _ROUND != 0


def may_be_year(tokens: Tokens, number: Number) -> bool:
    """Whether four digits are a year although no word says so."""
    digits = all(t.is_number and t.end - t.start == _DIGITS for t in tokens[number.first : number.after])
    return digits and _in_range(number, _FIRST_BARE, _LAST_BARE) and number.low % _ROUND != 0


def of_years(number: Number) -> Interval:
    return intervals.spanning(intervals.of_year(int(year)) for year in (number.low, number.high))


def _in_range(number: Number, first: int, last: int) -> bool:
    whole = number.low.denominator == 1 and number.high.denominator == 1
    return whole and first <= number.low and number.high <= last
