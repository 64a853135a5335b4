"""How the status dialogue asks and names things, read strictly from `words.yml`."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from actions.applications import stages
from actions.dialogue.said import Button
from actions.dialogue.words import Asked
from knowledge.entry import ByLanguage, Speech, Strict, Text
from knowledge.errors import EntryError, Problem
from knowledge.text.normalise import fold
from knowledge.yaml_lines import Document

PATH = Path(__file__).with_name("words.yml")


class Question(Strict):
    question: ByLanguage


class Fields(Strict):
    which: Asked
    number: Question
    code: Asked


class Named(Strict):
    name: ByLanguage
    short: ByLanguage


class NewCode(Strict):
    """Words parted by commas; a message with one of `what` and `again` asks for another code.

    With one of `mobile` and `gone` the registered mobile is not at hand.
    """

    what: Text
    again: Text
    mobile: Text
    gone: Text


class Words(Strict):
    fields: Fields
    places: dict[int, Text]
    new_code: NewCode
    schemes: dict[str, Named]
    step: ByLanguage
    short: Annotated[list[ByLanguage], Field(min_length=1)]
    speech: Speech
    percent: Speech
    buttons: dict[str, ByLanguage]
    next_steps: dict[str, dict[str, list[str]]]

    def button(self, payload: str, language: str) -> Button:
        return Button(self.buttons[payload][language], payload)


@lru_cache(maxsize=1)
def load(path: Path = PATH) -> Words:
    """Raises EntryError with file and line; every scheme, stage and button has its words."""
    document, words = stages.read_as(Words, path)
    problems = list(_problems(document, words))
    if problems:
        raise EntryError(problems)
    return words


def folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split(","))


def _problems(document: Document, words: Words) -> Iterator[Problem]:
    for scheme, known in stages.load().by_scheme.items():
        if scheme not in words.schemes:
            yield document.problem(("schemes",), f"{scheme} has no name")
        named = words.next_steps.get(scheme, {})
        for code in known.keys() ^ named.keys():
            yield document.problem(("next_steps", scheme), f"{code} is missing, or is no stage")
        for code, payloads in named.items():
            for payload in set(payloads) - words.buttons.keys():
                yield document.problem(("next_steps", scheme, code), f"{payload} is no button")
