"""The strict checks of a draft, each mistake with its field and a sentence that needs no programmer."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypedDict

import yaml
from pydantic import ValidationError

from knowledge.entries_loader import Library
from knowledge.entry import MIN_QUESTIONS, Entry
from knowledge.entry_checks import Mistake, dates, limits, references, same_questions
from knowledge.tools.alike import near_to

Language = Literal["hi", "en"]
SENTENCES = Path(__file__).with_name("sentences.yml")
# What pydantic finds, in our words; anything else is "not_readable".
_KINDS = {
    "missing": "missing", "string_too_short": "missing", "too_short": "too_few", "literal_error": "not_offered",
    "date_from_datetime_parsing": "no_date", "date_parsing": "no_date", "date_type": "no_date",
    "string_pattern_mismatch": "no_id",
}  # fmt: skip


class Told(TypedDict):
    """`field` as the form names it: `answer.hi`, `questions.en.3`."""

    field: str
    kind: str
    sentence: str


@lru_cache(maxsize=1)
def sentences() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    return found


def sentence(key: str, language: Language, **values: Any) -> str:
    return sentences()[key][language].format(**values)


def mistakes(data: Mapping[str, Any], library: Library, language: Language, today: date | None = None) -> list[Told]:
    """All of them; none: it may be published. `library`: what it goes into."""
    try:
        entry = Entry.model_validate(data)
    except ValidationError as error:
        return [_told(one, language) for one in _of_shape(error)]
    return [_told(one, language) for one in _of_content(entry, library, today or date.today())]


def with_entry(library: Library, entry: Entry) -> Library:
    """Last, so that what stands twice is told of it."""
    others = {name: one for name, one in library.entries.items() if name != entry.id}
    return Library({**others, entry.id: entry}, library.sources)


def _of_content(entry: Entry, library: Library, today: date) -> Iterator[Mistake]:
    whole = with_entry(library, entry)
    yield from limits(entry)
    yield from dates(entry, today)
    yield from references(entry, whole)
    same = [mistake for one, mistake in same_questions(whole.entries.values()) if one.id == entry.id]
    yield from same
    for place, code, other in near_to(library, entry):
        location = ("questions", code, place)
        if all(mistake.location != location for mistake in same):
            yield Mistake(location, "nearly_same", {"entry": other.entry, "question": other.text})


def _of_shape(error: ValidationError) -> Iterator[Mistake]:
    for detail in error.errors():
        kind = _KINDS.get(detail["type"], "not_readable")
        if kind == "too_few" and detail["loc"][0] != "questions":
            kind = "missing"
        yield Mistake(tuple(detail["loc"]), kind, {"least": MIN_QUESTIONS})


def _told(mistake: Mistake, language: Language) -> Told:
    words = sentence(mistake.kind, language, **mistake.values)
    return Told(field=".".join(map(str, mistake.location)), kind=mistake.kind, sentence=words)
