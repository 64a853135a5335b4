"""What a number is built of: numbers below 100, digits, साढ़े तीन, डेढ़, two and a half, two point five."""

from dataclasses import dataclass
from fractions import Fraction

from knowledge.amounts import ambiguous
from knowledge.amounts.tokens import WORD, Tokens, at, word
from knowledge.amounts.words import NumberWord, fractions, group, is_unit, lists, number_word, scale, time_unit

HUNDRED = 100
_CENTURIES = (19, 20)  # "nineteen ninety", "twenty nineteen"
_CODE_SIGNS = ("/", ":", "_", "#")


@dataclass(frozen=True)
class Small:
    """`after` is the place of the first token behind it; `hundreds` if a hundred was named."""

    value: Fraction
    after: int
    hundreds: bool = False


def read_small(tokens: Tokens, place: int) -> Small | None:
    """The number at `place` without any scale; in digits it may be of any size."""
    here = word(tokens, place)
    if here in fractions("before"):
        return _with_fraction(tokens, place, fractions("before")[here])
    if here in fractions("parts"):
        return Small(fractions("parts")[here], place + 1)
    if here in group("scales.half"):
        return _half(tokens, place)
    plain = _plain(tokens, place)
    return _and_a_half(tokens, _with_point(tokens, plain)) if plain else None


def _with_fraction(tokens: Tokens, place: int, fraction: Fraction) -> Small | None:
    """साढ़े तीन is 3½; सवा लाख, with no number between, is 1¼ lakh."""
    plain = _plain(tokens, place + 1)
    if plain and plain.value.denominator == 1:
        return Small(plain.value + fraction, plain.after)
    alone = scale(word(tokens, place + 1)) is not None or time_unit(word(tokens, place + 1)) is not None
    return Small(1 + fraction, place + 1) if alone and abs(fraction) < Fraction(1, 2) else None


def _half(tokens: Tokens, place: int) -> Small | None:
    after = place + (2 if word(tokens, place + 1) in group("scales.article") else 1)
    counted = scale(word(tokens, after)) is not None or time_unit(word(tokens, after)) is not None
    return Small(Fraction(1, 2), after) if counted else None


def _with_point(tokens: Tokens, whole: Small) -> Small:
    """ "do point paanch": the words behind the point are its digits."""
    decimals, after = "", whole.after + 1
    if word(tokens, whole.after) in group("scales.point"):
        while (digit := _plain(tokens, after)) and digit.value.denominator == 1 and len(decimals) < 6:
            decimals, after = decimals + str(digit.value), digit.after
    return Small(whole.value + Fraction(f"0.{decimals}"), after) if decimals else whole


def _and_a_half(tokens: Tokens, whole: Small) -> Small:
    """ "two and a half"."""
    place = whole.after
    if word(tokens, place) in group("scales.and"):
        place += 2 if word(tokens, place + 1) in group("scales.article") else 1
        if word(tokens, place) in group("scales.half"):
            return Small(whole.value + Fraction(1, 2), place + 1)
    return whole


def _plain(tokens: Tokens, place: int) -> Small | None:
    token = at(tokens, place)
    if token is None:
        return None
    if token.is_number:
        return Small(Fraction(token.word), place + 1) if _counts(tokens, place) else None
    found = number_word(word(tokens, place))
    if found and ambiguous.says_number(tokens, place):
        return _in_english(tokens, place, found.value) if found.english else Small(Fraction(found.value), place + 1)
    guess = None if found else ambiguous.before_scale(tokens, place)
    return Small(Fraction(guess), place + 1) if guess is not None else None


def _in_english(tokens: Tokens, place: int, first: int) -> Small:
    """Tens and units are two words; so are the halves of a year."""
    below = _tens_and_units(tokens, place, first)
    if first in _CENTURIES and below.after == place + 1:
        second = _english_at(tokens, below.after)
        year = _tens_and_units(tokens, below.after, second.value) if second and second.value >= 10 else None
        if year and scale(word(tokens, year.after)) is None and not is_unit(word(tokens, year.after)):
            return Small(HUNDRED * first + year.value, year.after)
    return below


def _tens_and_units(tokens: Tokens, place: int, first: int) -> Small:
    units = _english_at(tokens, place + 1)
    if first >= 20 and first % 10 == 0 and units and 0 < units.value < 10:
        return Small(Fraction(first + units.value), place + 2)
    return Small(Fraction(first), place + 1)


def _english_at(tokens: Tokens, place: int) -> NumberWord | None:
    """The English number word that follows without a break."""
    token = at(tokens, place)
    if token is None or token.new_clause or token.gap.strip() not in ("", "-"):
        return None
    found = number_word(word(tokens, place))
    return found if found and found.english else None


def _counts(tokens: Tokens, place: int) -> bool:
    """Whether digits are a number and no part of a name or code: B2B, 4G, 24/7, 10th."""
    token, before, after = tokens[place], at(tokens, place - 1), at(tokens, place + 1)
    if before and before.kind == WORD and token.glued and not _may_touch(before.word):
        return False
    if token.gap in _CODE_SIGNS or (after and after.gap in _CODE_SIGNS):
        return False
    return not (after and after.kind == WORD and after.glued) or _is_suffix(tokens, place + 1)


def _may_touch(before: str) -> bool:
    """What digits may be written right behind: rs500, 3lakh50hazar."""
    return before in group("units.money.before") or scale(before) is not None


def _is_suffix(tokens: Tokens, place: int) -> bool:
    """What may be written together with digits: 25k, 5lakh, 3saal, 10%."""
    here = word(tokens, place)
    return here in lists("scales")["letters"] or scale(here) is not None or is_unit(here)
