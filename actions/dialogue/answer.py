"""The answer to the question that was asked, in whatever form it comes."""

from collections.abc import Mapping
from datetime import date

from actions.dialogue import quantities
from actions.dialogue.answers import yes_or_no
from actions.dialogue.field import Choice, Field, FreeText, OwnReading, YesNo
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


def answer(message: Message, field: Field, today: date) -> Value | Said | None:
    """The value, what is to be said of an answer of the wrong kind, or None where there is no answer."""
    kind = field.kind
    if isinstance(kind, OwnReading):
        return kind.read(message.text)
    if isinstance(kind, FreeText):
        return message.text.strip()[: kind.longest] or None
    if isinstance(kind, YesNo):
        return yes_or_no(message)
    if isinstance(kind, Choice):
        return _named(message, field)
    amounts = (quantities.as_value(amount, kind) for amount in quantities.said(message, today))
    return next((value for value in amounts if value is not None and kind.fault(value) is None), None)


def _named(message: Message, field: Field) -> str | None:
    """The one choice whose title, in any language, is in the message."""
    titles = {option: Phrases(tuple(text for _, text in name.items())) for option, name in field.choices.items()}
    named = [option for option, title in titles.items() if title.are_in(message)]
    return named[0] if len(named) == 1 else None
