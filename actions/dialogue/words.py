"""The small words of `words.yml`, and values as a reader wants them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import RootModel

from actions.days import written
from actions.dialogue.field import Choice, Field, Named, Rupees
from actions.eligibility.kinds import Value
from actions.eligibility.scheme_file import read_strictly, validated
from knowledge.amounts.written import rupees
from knowledge.entry import ByLanguage, Strict

PATH = Path(__file__).with_name("words.yml")


class Asked(Strict):
    """How something is asked for, and why."""

    question: ByLanguage
    why: ByLanguage


class _File(RootModel[dict[str, ByLanguage]]):
    pass


@lru_cache(maxsize=8)
def load(path: Path = PATH) -> Mapping[str, ByLanguage]:
    """A file of named words; raises SchemeError with file and line."""
    document = read_strictly(path)
    return validated(document, document.data, _File).root


def as_said(field: Field, value: Value, language: str) -> str:
    """The value in words; empty for yes and no, which say nothing without their question, and for ids."""
    if isinstance(value, bool) or isinstance(field.kind, Named):
        return ""
    if isinstance(value, date):
        return written(value, language)
    if isinstance(field.kind, Rupees):
        return rupees(int(value), language)
    if isinstance(field.kind, Choice):
        return field.choices[str(value)][language]
    return str(value)
