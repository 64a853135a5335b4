"""One number out of its words and digits: "do lakh pachas hazar", "2.5 lakh", "twenty-five", "साढ़े तीन सौ".

A number is made of parts with falling scales (do lakh | pachas hazar | teen sau bees), and each part of a
coefficient, which may have hundreds in it, and a scale.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from knowledge.amounts import ambiguous
from knowledge.amounts.small import HUNDRED, Small, read_small
from knowledge.amounts.tokens import Tokens, at, word
from knowledge.amounts.words import group, is_unit, lists, number_word, scale, time_unit

# A number smaller than this behind "do lakh" may as well begin the next quantity: "do lakh, paanch saal".
_LEAST_IN_DIGITS = 100
_JOINING = re.compile(r"\s*[-‐‑]?\s*")
_JOINING_LISTED = re.compile(r"\s*[-‐‑,]?\s*")
_BETWEEN_REACH = 8


@dataclass(frozen=True)
class Number:
    """Said in `tokens[first:after]`; `scale` is the largest it names, which "paanch-chhah lakh" lends to its 5."""

    low: Fraction
    high: Fraction
    scale: int
    first: int
    after: int


@dataclass(frozen=True)
class _Part:
    value: Fraction
    scale: int
    named: int  # the scale, or 100 for hundreds without one
    after: int

    @property
    def total(self) -> Fraction:
        return self.value * self.scale


def read_number(tokens: Tokens, place: int) -> Number | None:
    """The longest number that begins at `place`."""
    part = _part(tokens, place)
    if part is None:
        return None
    total, named, last = part.total, part.named, part
    while following := _next_part(tokens, last):
        total, last = total + following.total, following
    return Number(total, total, named, place, last.after)


def _part(tokens: Tokens, place: int) -> _Part | None:
    coefficient = _coefficient(tokens, place)
    if coefficient is None:
        named = scale(word(tokens, place))
        return _Part(Fraction(1), named, named, place + 1) if named and _may_stand_alone(tokens, place) else None
    factor = _scale_after(tokens, coefficient.after)
    if factor:
        return _Part(coefficient.value, factor, factor, coefficient.after + 1)
    hundreds = HUNDRED if coefficient.hundreds and coefficient.value % HUNDRED == 0 else 1
    return _Part(coefficient.value, 1, hundreds, coefficient.after)


def _next_part(tokens: Tokens, last: _Part) -> _Part | None:
    """What is added to a part with a scale: "do lakh" + "pachas hazar". Nothing is to "1.9 lakh"."""
    if last.scale == 1 or last.value.denominator > 1:
        return None
    place = _after_and(tokens, last.after)
    part = _part(tokens, place)
    if part is None or part.total >= last.scale or not _joined(tokens, place, part.scale > 1):
        return None
    return part if part.scale > 1 or _belongs(tokens, place, part.total, part.after) else None


def _belongs(tokens: Tokens, place: int, value: Fraction, after: int) -> bool:
    """Whether a rest without a scale goes with what stands before it and is no quantity of its own."""
    next_word = word(tokens, after)
    if next_word in group("units.money.after"):
        return True
    if value < _LEAST_IN_DIGITS and (tokens[place].is_number or next_word in group("units.percent")):
        return False
    return value >= _LEAST_IN_DIGITS or (time_unit(next_word) is None and next_word not in group("units.counted"))


def _coefficient(tokens: Tokens, place: int) -> Small | None:
    """A number below 100, or with hundreds: "do sau bees" of "do sau bees crore"."""
    small = read_small(tokens, place)
    after = small.after if small else place
    if small and not _joined(tokens, after):
        return small
    if not _is_hundred(tokens, after) or not (small or _may_stand_alone(tokens, place)):
        return small
    value = HUNDRED * (small.value if small else Fraction(1))
    rest = _below_hundred(tokens, after + 1)
    return Small(value + rest.value, rest.after, True) if rest else Small(value, after + 1, True)


def _below_hundred(tokens: Tokens, hundred_after: int) -> Small | None:
    """The "bees" of "do sau bees"; none in "sau do sau", which is from 100 to 200."""
    place = _after_and(tokens, hundred_after)
    rest = read_small(tokens, place)
    if rest is None or rest.value >= HUNDRED or _is_hundred(tokens, rest.after) or not _joined(tokens, place):
        return None
    scaled = _scale_after(tokens, rest.after) is not None
    own = tokens[place].is_number and word(tokens, rest.after) not in group("units.money.after")
    return rest if scaled or not own or rest.value >= 10 else None


def _is_hundred(tokens: Tokens, place: int) -> bool:
    here, before = word(tokens, place), number_word(word(tokens, place - 1))
    if here == lists("scales")["spoken_hundred"]:
        return before is not None and not before.english
    return scale(here) == HUNDRED


def _scale_after(tokens: Tokens, place: int) -> int | None:
    """The scale from 1000 on that stands at `place` behind a coefficient."""
    here = word(tokens, place)
    if not here or not _joined(tokens, place):
        return None
    letter: int | None = lists("scales")["letters"].get(here)
    if letter and tokens[place - 1].is_number and (tokens[place].glued or _ends_amount(tokens, place)):
        return letter
    factor = scale(here)
    return factor if factor and factor > HUNDRED else None


def _ends_amount(tokens: Tokens, place: int) -> bool:
    """Whether only a unit of money or the end of the clause follows."""
    after = at(tokens, place + 1)
    return after is None or after.new_clause or after.word in group("units.money.after")


def _may_stand_alone(tokens: Tokens, place: int) -> bool:
    """Whether a scale without a number is one of it: "lakh rupaye", "hazar do hazar", or "sau" as an answer."""
    if word(tokens, place) in group("scales.never_alone") or word(tokens, place - 1) in group("ambiguous.vague"):
        return False
    after = word(tokens, place + 1)
    if len(tokens) == 1:
        return True
    return _joined(tokens, place + 1) and (is_unit(after) or _is_spoken_number(tokens, place + 1))


def _is_spoken_number(tokens: Tokens, place: int) -> bool:
    return number_word(word(tokens, place)) is not None and ambiguous.says_number(tokens, place)


def _after_and(tokens: Tokens, place: int) -> int:
    """Past the "and" of "one hundred and five"; not between two ends: "between one hundred and five hundred"."""
    behind = {word(tokens, i) for i in range(place - _BETWEEN_REACH, place)}
    ranged = not behind.isdisjoint(group("neighbours.between.before"))
    return place + 1 if word(tokens, place) in group("scales.and") and not ranged else place


def _joined(tokens: Tokens, place: int, listed: bool = False) -> bool:
    """Whether nothing but a space or a hyphen parts a token from the one before; a comma too if `listed`."""
    token = at(tokens, place)
    pattern = _JOINING_LISTED if listed else _JOINING
    return token is not None and not token.new_clause and pattern.fullmatch(token.gap) is not None


def is_numeric(tokens: Tokens, place: int) -> bool:
    """Whether a token is digits or a word that can be a number."""
    token = at(tokens, place)
    return token is not None and (
        token.is_number or number_word(token.word) is not None or scale(token.word) is not None
    )
