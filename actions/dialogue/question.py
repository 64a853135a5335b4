"""A field as a question with its buttons."""

from collections.abc import Mapping

from actions.dialogue.answer import UNKNOWN, options
from actions.dialogue.field import Choice, Field, FreeText, OwnReading, Rupees, Whole
from actions.dialogue.said import Button, Said
from actions.dialogue.task import Occasion
from actions.dialogue.words import as_said, load
from actions.eligibility.kinds import Value


def question(field: Field, occasion: Occasion, noted: str = "") -> Said:
    """`noted`: what has just been understood, said before the question.

    Where buttons are numbered, a question for a number has none: "1" would be an answer.
    """
    language = occasion.language
    counts = isinstance(field.kind, Whole | Rupees) and occasion.channel != "web"
    text = " ".join(filter(None, (noted, field.question[language])))
    return Said(
        "utter_task_question", {"question": text}, () if counts else buttons(field, language), outcome="question_asked"
    )


def why(field: Field, language: str) -> Said:
    return Said("utter_task_why", {"why": field.why[language]})


def buttons(field: Field, language: str) -> tuple[Button, ...]:
    return tuple(Button(_title(field, option, language), f"answer:{field.name}.{option}") for option in options(field))


def _title(field: Field, option: str, language: str) -> str:
    if option == UNKNOWN:
        return load()["skip" if isinstance(field.kind, FreeText) else UNKNOWN][language]
    return field.choices[option][language] if isinstance(field.kind, Choice) else load()[option][language]


def noted(fields: Mapping[str, Field], told: Mapping[str, Value], language: str, words: str = "") -> str:
    """What was understood, for a person to see that it was heard rightly; empty where there is nothing to show.

    `words`: those that told it, shown where values would say nothing without their questions.
    """
    shown = {name: value for name, value in told.items() if not isinstance(fields[name].kind, OwnReading)}
    values = ", ".join(filter(None, (as_said(fields[name], value, language) for name, value in shown.items())))
    if not values and told and shown.keys() == told.keys():
        values = words
    return load()["noted"][language].format(values=values) if values else ""
