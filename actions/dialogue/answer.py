"""The answer to the question that was asked, in whatever form it comes."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from actions.dialogue import quantities
from actions.dialogue.answers import is_mostly, yes_or_no
from actions.dialogue.field import Choice, Field, FreeText, OwnReading, Whole, YesNo
from actions.dialogue.message import Message, Phrases
from actions.dialogue.said import Said
from actions.eligibility.kinds import Value

YES_NO: Mapping[str, Value] = {"yes": True, "no": False}
UNKNOWN = "unknown"


def options(field: Field) -> tuple[str, ...]:
    """What its buttons stand for, in order."""
    if isinstance(field.kind, YesNo):
        return (*YES_NO, UNKNOWN)
    return (*field.kind.options, UNKNOWN) if isinstance(field.kind, Choice) else (UNKNOWN,)


def chosen(field: Field, option: str) -> Value | None:
    """The value a button stands for; None for "don't know" and for what is no button of this question."""
    if isinstance(field.kind, YesNo):
        return YES_NO.get(option)
    return option if isinstance(field.kind, Choice) and option in field.kind.options else None


def answer(message: Message, field: Field, today: date, taken: Sequence[Value] = ()) -> Value | Said | None:
    """The value, what is to be said of an answer of the wrong kind, or None where there is no answer.

    `taken`: values that other fields have already got from the message.
    """
    kind = field.kind
    if isinstance(kind, OwnReading):
        return kind.read(message.text)
    if isinstance(kind, FreeText):
        return _as_written(message, kind)
    if isinstance(kind, YesNo):
        return yes_or_no(message)
    if isinstance(kind, Choice):
        return _named(message, field)
    if quantities.is_vague(message, kind, today):
        return Said("utter_task_which_day")
    if isinstance(kind, Whole) and kind.low == 0 and is_mostly("no", message):
        return 0
    values = (quantities.as_value(amount, kind) for amount in quantities.said(message, today))
    return next((v for v in values if v is not None and v not in taken and kind.fault(v) is None), None)


_LEAD_IN = re.compile(
    r"^(?:(?:मेरा|मेरी|हमारा|mera|meri|hamara|my)\s+)?(?:नाम|naam|name|पता|pata|address)\s+(?:है|hai|is|:)?\s*"
    r"|^(?:सिर्फ़|सिर्फ|बस|sirf|bas|only)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:है|हैं|hai|hain|h|लिख\s+(?:दो|दीजिए|दीजिये|दें)|लिखिए|likh\s+(?:do|dijiye|dein?|de)|likhiye)\s*[।.]?$",
    re.IGNORECASE,
)


def _as_written(message: Message, kind: FreeText) -> str | None:
    """The words without "my name is"; None for a bare yes or no."""
    if is_mostly("yes", message) or is_mostly("no", message):
        return None
    text = _TAIL.sub("", _LEAD_IN.sub("", message.text.strip()))
    return text.strip(" ,।.")[: kind.longest] or None


def _named(message: Message, field: Field) -> str | None:
    """The one choice whose title, in any language, is in the message."""
    titles = {option: Phrases(tuple(text for _, text in name.items())) for option, name in field.choices.items()}
    named = [option for option, title in titles.items() if title.are_in(message)]
    return named[0] if len(named) == 1 else None
