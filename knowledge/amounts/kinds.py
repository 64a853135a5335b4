"""What kind of quantity a number is, told by the words around it."""

from knowledge.amounts import money, relative
from knowledge.amounts.age import is_age
from knowledge.amounts.amount import AGE, DURATION, MONEY, MONTH, NUMBER, PERCENT, YEAR, Amount
from knowledge.amounts.number import Number
from knowledge.amounts.ranges import read_quantity
from knowledge.amounts.said import Said
from knowledge.amounts.tokens import same_clause, word
from knowledge.amounts.words import group, lists, time_unit
from knowledge.amounts.years import is_year, may_be_year, of_years

_THOUSAND, _MONTHS = 1000, 12
_BEFORE_REACH, _AFTER_REACH = 3, 2
_CLASS_MOST = 20  # "12 pass" is a school class, "11 baje" a time of day


def classify(said: Said) -> tuple[Amount | None, int]:
    """The amount, or None where the number counts nothing ("5 baje"), and the first place behind it."""
    number = said.number
    if number.low < _CLASS_MOST and said.ahead() in group("neighbours.identifier.after"):
        return None, number.after + 1
    found = _with_unit(said)
    if found:
        return found
    if said.behind() in group("neighbours.identifier.before") or _is_helpline(said):
        return None, number.after
    return _without_unit(said), number.after


def _is_helpline(said: Said) -> bool:
    only = said.number.after == said.number.first + 1
    return only and said.tokens[said.number.first].word in group("neighbours.helpline")


def _with_unit(said: Said) -> tuple[Amount, int] | None:
    """Money, percent or time, by the word that belongs to the number."""
    after, signed = said.number.after, money.has_sign_before(said.tokens, said.number)
    named = money.is_unit_at(said.tokens, after)
    if signed or named:
        end = after + 1 if named else after
        return said.amount(MONEY, "rupee", said.number.first - signed, end), end
    if said.ahead() in group("units.percent"):
        return said.amount(NUMBER, PERCENT, after=after + 1), after + 1
    return _time(_with_months(said))


def _time(said: Said) -> tuple[Amount, int] | None:
    """An age, a duration or, with "ago" or "later", a date."""
    unit, after = time_unit(said.ahead()), said.number.after + 1
    if unit is None or said.number.high > lists("units")["most"][unit]:
        return None
    if unit == YEAR and is_age(said.tokens, said.number, after):
        return said.amount(AGE, YEAR, after=after), after
    direction, end = _direction(said)
    when = relative.away(said.number, unit, direction, said.today) if direction else None
    if when:
        return said.dated(when, end), end
    return said.amount(DURATION, unit, after=after), after


def _with_months(said: Said) -> Said:
    """ "do saal chhah mahine" is 30 months; any other number is left as it is."""
    number, tokens = said.number, said.tokens
    rest = read_quantity(tokens, number.after + 1) if time_unit(said.ahead()) == YEAR else None
    if rest is None or time_unit(word(tokens, rest.after)) != MONTH or rest.high >= _MONTHS:
        return said
    if not same_clause(tokens, number.after, rest.after):
        return said
    low, high = _MONTHS * number.low + rest.low, _MONTHS * number.high + rest.high
    return Said(tokens, Number(low, high, 1, number.first, rest.after), said.today)


def _direction(said: Said) -> tuple[int, int]:
    """-1 for "ago", 1 for "later", else 0; and the first place behind that word."""
    ke = 1 if said.ahead(1) in group("units.ke") else 0
    following, end = said.ahead(1 + ke), said.number.after + 2 + ke
    if following in group("units.ago"):
        return -1, end
    if following in group("units.later"):
        return 1, end
    return int(said.behind() in group("units.after")), said.number.after + 1


def _without_unit(said: Said) -> Amount:
    number = said.number
    if said.ahead() in group("units.counted"):
        return said.amount(NUMBER)
    if is_age(said.tokens, number, number.after):
        return said.amount(AGE, YEAR)
    if is_year(said.tokens, number):
        return said.dated(of_years(number), number.after)
    if number.scale >= _THOUSAND or _is_labelled_money(said):
        return said.amount(MONEY, "rupee")
    if may_be_year(said.tokens, number):
        return said.dated(of_years(number), number.after)
    return said.amount(NUMBER)


def _is_labelled_money(said: Said) -> bool:
    """ "income 15000", "50000 ka loan"; a small number beside such a word counts something else."""
    if said.number.low < lists("neighbours")["money"]["least"]:
        return False
    before = any(said.behind(i) in group("neighbours.money.before") for i in range(1, _BEFORE_REACH + 1))
    return before or any(said.ahead(i) in group("neighbours.money.after") for i in range(_AFTER_REACH))
