"""Two numbers that are one quantity: "5-6 lakh", "paanch chhah hazar", "between 18 and 40", "50 se 60 rupaye"."""

from fractions import Fraction

from knowledge.amounts import money
from knowledge.amounts.number import Number, is_numeric, read_number
from knowledge.amounts.tokens import Tokens, at, same_clause, word
from knowledge.amounts.words import group, is_unit, time_unit

_SCALED_BELOW = 100  # "5 se 6 lakh" lends its lakh to numbers below 100
_LAKH = 100_000
_LABEL_REACH, _BETWEEN_REACH = 3, 4


def read_quantity(tokens: Tokens, place: int) -> Number | None:
    """The number or the range that begins at `place`."""
    first = read_number(tokens, place)
    if first is None:
        return None
    said = _said_range(tokens, first)
    return said or _side_by_side(tokens, first) or first


def _said_range(tokens: Tokens, first: Number) -> Number | None:
    """A range with something between its ends: a hyphen, "to", "se", "ya", or "between" around it."""
    unit = word(tokens, first.after) if _has_unit(tokens, first.after) else ""
    place = _second_place(tokens, first, first.after + (1 if unit else 0))
    second = read_number(tokens, place) if place is not None else None
    if second is None or (unit and not _same_unit(unit, word(tokens, second.after))):
        return None
    if _is_year(first) and not _is_year(second):
        return None  # "2019 se 2 lakh ka loan hai"
    return _joined(first, second)


def _has_unit(tokens: Tokens, place: int) -> bool:
    named = word(tokens, place)
    return money.is_unit_at(tokens, place) if named in group("units.money.after") else is_unit(named)


def _second_place(tokens: Tokens, first: Number, place: int) -> int | None:
    """Where the second end would begin."""
    token = at(tokens, place)
    if token is None or token.new_clause:
        return None
    if token.gap.strip() in group("neighbours.to.signs"):
        return _past_sign(tokens, place)
    if token.word in group("neighbours.to.words") or _is_between(tokens, first, place):
        return _past_sign(tokens, place + 1)
    return None


def _past_sign(tokens: Tokens, place: int) -> int | None:
    """Past a "₹" before the second number."""
    if not same_clause(tokens, place - 1, place):
        return None
    return place + 1 if word(tokens, place) in group("units.money.before") else place


def _is_between(tokens: Tokens, first: Number, place: int) -> bool:
    if word(tokens, place) not in group("scales.and"):
        return False
    behind = {word(tokens, i) for i in range(first.first - 2, first.first)}
    ahead = {word(tokens, i) for i in range(place + 1, place + 2 + _BETWEEN_REACH)}
    between = group("neighbours.between.before"), group("neighbours.between.after")
    return not (behind.isdisjoint(between[0]) and ahead.isdisjoint(between[1]))


def _same_unit(one: str, other: str) -> bool:
    money = group("units.money.after")
    return one == other or (one in money and other in money) or (time_unit(one) or one) == (time_unit(other) or other)


def _is_year(number: Number) -> bool:
    whole = number.low.denominator == 1 and number.scale in (1, 1000)
    return whole and 1900 <= number.low < 2100 and number.low % 100 != 0


def _side_by_side(tokens: Tokens, first: Number) -> Number | None:
    """ "paanch chhah lakh", "10 15 din", "sau do sau": close numbers with nothing between them."""
    place = first.after
    if _after_number(tokens, first) or not _adjoins(tokens, place):
        return None
    second = read_number(tokens, place)
    if second is None or (_adjoins(tokens, second.after) and read_number(tokens, second.after)):
        return None
    if tokens[place].is_number and second.scale == 1 and not is_unit(word(tokens, second.after)):
        return None  # "5 6" alone are two numbers
    both = _joined(first, second)
    lent = both and (first.scale > 1 or both.low == first.low * second.scale)
    return both if both and lent and both.high <= 2 * both.low else None


def _adjoins(tokens: Tokens, place: int) -> bool:
    token = at(tokens, place)
    return token is not None and not token.new_clause and not token.gap.strip()


def _after_number(tokens: Tokens, first: Number) -> bool:
    """Whether this is further down a list of numbers ("1 2 3"), or somebody's age ("umar 35 50 hazar")."""
    behind = {word(tokens, i) for i in range(first.first - _LABEL_REACH, first.first)}
    listed = is_numeric(tokens, first.first - 1)
    return listed or not behind.isdisjoint(group("neighbours.age.label"))


def _joined(first: Number, second: Number) -> Number | None:
    """The range, if its ends are in order; the scale of the second is lent to the first."""
    for low in _readings(first, second):
        if low < second.high:
            return Number(low, second.high, max(first.scale, second.scale), first.first, second.after)
    return None


def _readings(first: Number, second: Number) -> list[Fraction]:
    """What the first number may mean, the likeliest first: "50 se 1 lakh" begins at 50 hazar."""
    if first.scale > 1 or second.scale == 1 or first.low >= _SCALED_BELOW:
        return [first.low]
    smaller = [first.low * second.scale / 100] if second.scale >= _LAKH else []
    return [first.low * second.scale, *smaller, first.low]
