"""The words and signs of money around a number: "₹500", "Rs. 500", "500 rupaye"."""

from knowledge.amounts.number import Number, is_numeric
from knowledge.amounts.tokens import Tokens, at, word
from knowledge.amounts.words import group


def has_sign_before(tokens: Tokens, number: Number) -> bool:
    """Whether "₹" or "Rs." stands right before it; in "500 rs 2 saal" it belongs to the 500."""
    first = number.first
    if word(tokens, first - 1) not in group("units.money.before") or is_numeric(tokens, first - 2):
        return False
    return tokens[first].gap.strip() in ("", ".")


def is_unit_at(tokens: Tokens, place: int) -> bool:
    """Whether a unit of money stands at `place`; not the sign of the next number, as in "₹500-₹600"."""
    token, after = at(tokens, place), at(tokens, place + 1)
    if token is None or token.new_clause or token.word not in group("units.money.after"):
        return False
    return not (token.word in group("units.money.sign") and after and after.is_number and after.glued)
