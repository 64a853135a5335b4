"""What the letters say (`words.yml`, `templates/`), read strictly."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel

from actions.eligibility.errors import SchemeError
from actions.eligibility.scheme import Amount, Part, Sources
from actions.eligibility.scheme_file import read_strictly, validated
from actions.letters.fields import WRONGS
from actions.letters.letter import TOPICS, Language, Topic
from knowledge.entries_loader import load_sources
from knowledge.entry import ByLanguage, Text
from knowledge.errors import Problem
from knowledge.yaml_lines import Document, Location

HERE = Path(__file__).resolve().parent
JINJA: Environment = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True)  # plain text: nothing to escape
Lines = tuple[Text, ...]
Read = TypeVar("Read", bound=BaseModel)


class Wording(Part):
    """One letter in one language; jinja2 fills it, and a line that comes out empty is left out."""

    to: Lines
    subject: Text
    body: Lines
    asks: Lines
    declares: Lines = ()
    closing: Lines = ()
    enclosures: Lines
    receipt: Text | None = None


class Template(Part):
    sources: Sources
    hi: Wording
    en: Wording


class Wrong(Part):
    says: Text
    asks: Text


class Common(Part):
    """What all letters of a language share. `gaps`: what is to be filled in by pen."""

    date: Text
    subject: Text
    greeting: Text
    asks: Text
    declares: Text
    enclosures: Text
    sign: Lines
    rule_on_reasons: Text
    rule_on_collateral: Text
    gaps: dict[str, Text]
    wrongs: dict[str, Wrong]


class Collateral(Part):
    """May not be asked for up to this loan, from this day."""

    up_to: Amount
    valid_from: date


class Words(Part):
    collateral: Collateral
    without_rule_on_reasons: Lines  # banks with this in their name are no commercial banks
    short: ByLanguage
    hi: Common
    en: Common


def _strings(data: object, at: Location = ()) -> Iterator[tuple[Location, str]]:
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _strings(value, (*at, key))


def _syntax(document: Document) -> Iterator[Problem]:
    for at, text in _strings(document.data):
        try:
            JINJA.parse(text)
        except TemplateSyntaxError as error:
            yield document.problem(at, f"not a template: {error.message}")


def _read(path: Path, model: type[Read]) -> tuple[Document, Read]:
    document = read_strictly(path)
    found = validated(document, document.data, model)
    if problems := list(_syntax(document)):
        raise SchemeError(problems)
    return document, found


def read_template(path: Path) -> Template:
    document, template = _read(path, Template)
    known = load_sources()
    if unknown := [source for source in template.sources if source not in known]:
        raise SchemeError([document.problem(("sources",), f"no such source: {', '.join(unknown)}")])
    return template


def read_common(path: Path) -> Words:
    document, words = _read(path, Words)
    for language in ("hi", "en"):
        common: Common = getattr(words, language)
        if set(common.wrongs) != set(WRONGS):
            at = (language, "wrongs")
            raise SchemeError([document.problem(at, f"name exactly: {', '.join(WRONGS)}")])
    return words


@lru_cache(maxsize=1)
def templates() -> dict[Topic, Template]:
    return {topic: read_template(HERE / "templates" / f"{topic}.yml") for topic in TOPICS}


@lru_cache(maxsize=1)
def words() -> Words:
    return read_common(HERE / "words.yml")


def common(language: Language) -> Common:
    return words().hi if language == "hi" else words().en


def wording(topic: Topic, language: Language) -> Wording:
    template = templates()[topic]
    return template.hi if language == "hi" else template.en
