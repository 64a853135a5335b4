"""Numbers, money, ages and dates of a message, each given to the field it belongs to."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from actions.dialogue.answers import phrases
from actions.dialogue.cues import Cues
from actions.dialogue.field import AnswerKind, Day, Rupees, Whole
from actions.dialogue.message import Message, Span
from actions.eligibility.kinds import Value
from knowledge.amounts.amount import AGE, DAY, DURATION, MONEY, NUMBER, PERCENT, YEAR, Amount
from knowledge.amounts.find import find

_NEAR = 4  # words between a number and the word that says what it counts
_LEAST_RUPEES = 1000  # a bare "5" may be five lakh: better asked again
_NOT_BEFORE = re.compile(r"\b(?:not|no)\s*$", re.IGNORECASE)
_WORD_BEHIND = re.compile(r"\s*([\w\u0900-\u0963]+)")


def as_value(amount: Amount, kind: AnswerKind) -> Value | None:
    """The amount as an answer of that kind; None where it is none, as 75 percent."""
    if amount.unit == PERCENT and not (isinstance(kind, Whole) and kind.percent):
        return None
    if isinstance(kind, Day):
        known = amount.when is not None and (not kind.exact or amount.when.precision == DAY)
        return amount.when.last if amount.when and known else None  # of "2023" the last day: nothing is promised early
    if isinstance(kind, Rupees):
        is_money = amount.kind == MONEY or (amount.kind == NUMBER and amount.low >= _LEAST_RUPEES)
        return round(amount.low) if is_money else None
    years = amount.kind == DURATION and amount.unit == YEAR
    if isinstance(kind, Whole) and (amount.kind in (NUMBER, AGE) or years) and amount.low == round(amount.low):
        return round(amount.low)
    return None


def said(message: Message, today: date) -> list[Amount]:
    """The quantities that are meant: not those taken back ("25 nahi 35")."""
    return [amount for amount in find(message.text, today) if not is_denied(message.text, amount)]


def denied(message: Message, today: date) -> list[Amount]:
    return [amount for amount in find(message.text, today) if is_denied(message.text, amount)]


def is_denied(text: str, amount: Amount) -> bool:
    return is_taken_back(text, amount.start, amount.end)


def is_taken_back(text: str, start: int, end: int) -> bool:
    """ "25 nahi", "not 25"; the "nahi" that opens a correction denies what was said before, not what follows."""
    if _NOT_BEFORE.search(text[:start]):
        return True
    behind = _WORD_BEHIND.match(text, end)
    return bool(behind) and _denies_what_went_before(Message(behind[1] if behind else ""))


def _denies_what_went_before(word: Message) -> bool:
    """ "nahi" does, "not" does what follows."""
    return phrases()["not"].are_in(word) and not phrases()["not_ahead"].are_in(word)


def is_vague(message: Message, kind: AnswerKind, today: date) -> bool:
    """Whether a time is named from which no day can be taken."""
    return isinstance(kind, Day) and any(a.when and as_value(a, kind) is None for a in said(message, today))


def told(
    message: Message, kinds: Mapping[str, AnswerKind], cues: Mapping[str, Cues], today: date
) -> Iterator[tuple[str, Value]]:
    """Fields with a number whose own words stand near it."""
    for amount in said(message, today):
        name = _named(message, amount, kinds, cues)
        value = as_value(amount, kinds[name]) if name else None
        if name and value is not None and kinds[name].fault(value) is None:
            yield name, value


def _named(message: Message, amount: Amount, kinds: Mapping[str, AnswerKind], cues: Mapping[str, Cues]) -> str | None:
    if amount.kind == AGE and "age" in kinds:
        return "age"
    distances = {
        name: min((_distance(message, amount, span) for span in _near(message, cues[name])), default=_NEAR + 1)
        for name in cues
        if name in kinds and as_value(amount, kinds[name]) is not None
    }
    nearest = min(distances, key=distances.__getitem__, default=None)
    return nearest if nearest and distances[nearest] <= _NEAR else None


def _near(message: Message, cue: Cues) -> list[Span]:
    return cue.near.spans([word.sound for word in message.words])


def _distance(message: Message, amount: Amount, span: Span) -> int:
    """Words between the two."""
    inside = [i for i, w in enumerate(message.words) if w.start < amount.end and amount.start < w.end]
    if not inside:
        return _NEAR + 1
    return max(span.first - inside[-1], inside[0] - (span.after - 1), 0)


def corrected(
    message: Message, before: Mapping[str, Value], kinds: Mapping[str, AnswerKind], today: date
) -> dict[str, Value]:
    """ "25 nahi 35": the field that held what is denied; else the fitting one told last."""
    taken_back = denied(message, today)
    for amount in said(message, today):
        fitting = {name: value for name in reversed(list(before)) if (value := _fit(amount, kinds[name])) is not None}
        held = [name for name in fitting if any(as_value(a, kinds[name]) == before[name] for a in taken_back)]
        for name in (*held, *fitting):
            return {name: fitting[name]}
    return {}


def _fit(amount: Amount, kind: AnswerKind) -> Value | None:
    value = as_value(amount, kind)
    return value if value is not None and kind.fault(value) is None else None
