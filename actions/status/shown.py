"""An application as a reply to its holder: the stage in plain words first, the number never in full."""

import re
from collections.abc import Mapping
from datetime import date

from actions import days
from actions.applications import stages
from actions.applications.directory import Application
from actions.applications.number import canonical
from actions.applications.stages import Explained
from actions.dialogue.said import Button, Said
from actions.status.words import Words, load
from knowledge import districts
from knowledge.entry import MAX_SHORT
from knowledge.programme import current

_PERSON = "person:"
_LONG_DIGITS = re.compile(r"\d{4,}")  # telephone numbers; an amount of days has fewer
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_NEEDLESS = re.compile(r",(?=[\s]*[.,;:।])")
MOST_LISTED = 9  # a lone digit chooses


def shown(application: Application, language: str, today: date) -> Said:
    explained = _explained(application, language, today)
    values = _values(application, explained, language)
    return Said(
        _response(explained),
        values=values,
        buttons=_buttons(application, language),
        sources=explained.sources,
        outcome="status_given",
        short=_short(values, language),
        speech=_speech(application, "en" if language == "en" else "hi", today),
    )


def stage_of(application: Application) -> str:
    """ "margin_money.objection": of the application itself it tells nothing."""
    return f"{application.scheme}.{application.stage.code}"


def step_of(stage: str, language: str, today: date) -> Said:
    """What to do at this stage."""
    scheme, _, code = stage.partition(".")
    words, explained = load(), stages.load().explain(scheme, code, today, language, today)
    buttons = tuple(words.button(payload, language) for payload in [*words.next_steps[scheme][code], _PERSON])
    step = words.step[language].format(stage=explained.name, do_now=explained.do_now)
    return Said("utter_task_question", {"question": step}, buttons, explained.sources, outcome="status_given")


def several(applications: tuple[Application, ...], language: str) -> Said:
    """To be chosen from by place: no number lies in a button."""
    words = load()
    titles = [
        f"{words.schemes[a.scheme].short[language]}, {days.brief(a.applied_on, language)}"
        for a in applications[:MOST_LISTED]
    ]
    buttons = tuple(Button(title, str(place)) for place, title in enumerate(titles, 1))
    return Said("utter_status_several", {"count": str(len(applications))}, buttons, outcome="question_asked")


def district_name(district: str, language: str) -> str:
    """Hinglish has the English spelling."""
    return districts.load().by_id[district].name["hi" if language == "hi" else "en"]


def _explained(application: Application, language: str, today: date) -> Explained:
    stage = application.stage
    return stages.load().explain(application.scheme, stage.code, stage.on, language, today)


def _response(explained: Explained) -> str:
    if explained.worry is None:
        return "utter_status_final"
    return "utter_status_late" if explained.late else "utter_status_shown"


def _values(application: Application, explained: Explained, language: str) -> dict[str, str]:
    words = load()
    return {
        "ending": canonical(application.number)[-4:],
        "scheme": words.schemes[application.scheme].name[language],
        "district": district_name(application.district, language),
        "stage": explained.name,
        "since": days.written(application.stage.on, language),
        "days": str(explained.days_here),
        "meaning": explained.meaning,
        "next": explained.next,
        "who": _sentence(explained.who, language),
        "do_now": explained.do_now,
        "worry": explained.worry or "",
    }


def _sentence(words: str, language: str) -> str:
    return words[0].upper() + words[1:] + ("।" if language == "hi" else ".")


def _buttons(application: Application, language: str) -> tuple[Button, ...]:
    words = load()
    payloads = [*words.next_steps[application.scheme][application.stage.code], _PERSON]
    return tuple(words.button(payload, language) for payload in payloads)


def _short(values: Mapping[str, str], language: str) -> str:
    first, *rest = (template[language].format(**values) for template in load().short)
    for sentence in rest:
        longer = f"{first} {sentence}"
        first = longer if len(longer) <= MAX_SHORT[language] else first
    return first


def _speech(application: Application, language: str, today: date) -> str:
    words = load()
    values = _values(application, _explained(application, language, today), language)
    spoken = {name: value if name == "since" else _spoken(value, words, language) for name, value in values.items()}
    spoken["ending"] = " ".join(values["ending"])
    return " ".join(getattr(words.speech, language).format(**spoken).split())


def _spoken(text: str, words: Words, language: str) -> str:
    """Digits one by one, signs as words; a year stands in `since` only, which is left as it is."""
    helpline = current().helpline
    text = text.replace("%", " " + getattr(words.percent, language)).replace(helpline, _by_digits(helpline))
    text = _LONG_DIGITS.sub(lambda digits: " ".join(digits[0]), text)
    return _NEEDLESS.sub("", _BRACKETS.sub(r", \1,", text))


def _by_digits(number: str) -> str:
    return ", ".join(" ".join(group) for group in number.split("-"))
