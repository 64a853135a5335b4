"""How a step is said: the response, its short and spoken forms, what is offered, the sources (`steps.yml`)."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from actions.days import spoken, written
from actions.dialogue.said import Button, Said
from actions.eligibility.errors import SchemeError
from actions.eligibility.scheme_file import read_strictly, validated
from actions.rejection.advice import STEPS
from knowledge.entry import MAX_TITLE, ByLanguage, Slug, Speech, Strict
from knowledge.errors import Problem
from knowledge.yaml_lines import Document

PATH = Path(__file__).with_name("steps.yml")
_ASIDE = {"ask_dic", "doors", "day_ahead", "reply_too_early"}  # said beside the steps
_Key = Annotated[str, Field(pattern=r"^utter_rejection_[a-z_]+$")]


class Offer(Strict):
    title: ByLanguage
    payload: Annotated[str, Field(pattern=r"^(task:letter\.[a-z]+|entry:[a-z0-9-]+|person:)$")]


class Words(Strict):
    """`doors`: the other doors are named in a message of their own after it."""

    response: _Key
    outcome: str = "verdict_given"
    offers: tuple[str, ...] = ()
    sources: tuple[Slug, ...] = ()
    doors: bool = False
    short: ByLanguage
    speech: Speech | None = None


class Steps(Strict):
    offers: dict[str, Offer]
    steps: dict[str, Words]


@lru_cache(maxsize=2)
def load_steps(path: Path = PATH) -> Steps:
    """Raises SchemeError with file and line."""
    document = read_strictly(path)
    found = validated(document, document.data, Steps)
    if wrong := list(_problems(document, found)):
        raise SchemeError(wrong)
    return found


def _problems(document: Document, found: Steps) -> Iterator[Problem]:
    named = {*STEPS, *_ASIDE}
    yield from (document.problem((), f"no words for {name}") for name in sorted(named - found.steps.keys()))
    yield from (document.problem(("steps", name), "there is no such step") for name in found.steps.keys() - named)
    for name, words in found.steps.items():
        for offer in set(words.offers) - found.offers.keys():
            yield document.problem(("steps", name, "offers"), f"nothing offered is called {offer}")
    for name, given in found.offers.items():
        if any(len(title) > MAX_TITLE for _, title in given.title.items()):
            yield document.problem(("offers", name), f"a title is longer than {MAX_TITLE} characters")


def say(step: str, days: Mapping[str, date], language: str) -> Said:
    """The step in `language`, its days filled in."""
    found = load_steps()
    words = found.steps[step]
    values = {name: written(day, language) for name, day in days.items()}
    return Said(
        response=words.response,
        values=values,
        buttons=tuple(Button(found.offers[o].title[language], found.offers[o].payload) for o in words.offers),
        sources=words.sources,
        outcome=words.outcome,
        short=words.short[language].format(**values),
        speech=_speech(words.speech, days, language),
    )


def say_day(name: str, day: date, language: str) -> Said:
    return say(name, {"day": day}, language)


def _speech(speech: Speech | None, days: Mapping[str, date], language: str) -> str | None:
    """Who writes Hindi in Latin letters hears Hindi."""
    if speech is None:
        return None
    text, heard = (speech.en, "en") if language == "en" else (speech.hi, "hi")
    return text.format(**{name: spoken(day, heard) for name, day in days.items()})
