"""Reads every entry strictly: whatever is wrong is reported with its file and line, all at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from knowledge.entry import MAX_ANSWER_WORDS, MAX_SHORT, MAX_TITLE, Entry, Source
from knowledge.errors import EntryError, Problem
from knowledge.paths import ENTRIES, SOURCES
from knowledge.text.normalise import fold
from knowledge.yaml_lines import Document, read

# GSM-7 letters of the basic table and its extension; anything else makes an SMS three times as long.
_GSM = set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà^{}\\[~]|€")
_GSM |= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_GSM_EXTENSION = set("^{}\\[~]|€")  # each is sent as two
STALE_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class Library:
    """All entries by id and all sources by id."""

    entries: dict[str, Entry]
    sources: dict[str, Source]


def _validation_problems(document: Document, error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors():
        yield document.problem(tuple(detail["loc"]), detail["msg"])


def _limit_problems(document: Document, entry: Entry) -> Iterator[Problem]:
    for language, text in entry.answer.items():
        if len(text.split()) > MAX_ANSWER_WORDS:
            yield document.problem(("answer", language), f"{len(text.split())} words, at most {MAX_ANSWER_WORDS}")
    for language, text in entry.title.items():
        if len(text) > MAX_TITLE:
            yield document.problem(("title", language), f"{len(text)} characters, at most {MAX_TITLE}")
    for language, text in entry.short.items():
        size = len(text) + (sum(c in _GSM_EXTENSION for c in text) if language != "hi" else 0)
        if size > MAX_SHORT[language]:
            yield document.problem(("short", language), f"{size} characters, at most {MAX_SHORT[language]}")
        foreign = sorted(set(text) - _GSM) if language != "hi" else []
        if foreign:
            yield document.problem(("short", language), f"not in the SMS alphabet: {' '.join(foreign)}")


def _date_problems(document: Document, entry: Entry, today: date) -> Iterator[Problem]:
    for key, value in (("as_of", entry.as_of), ("last_checked", entry.last_checked)):
        if value > today:
            yield document.problem((key,), f"{value} is in the future")
    if today - entry.last_checked > STALE_AFTER:
        yield document.problem(("last_checked",), f"stale: last checked {entry.last_checked}, over a year ago")


def _place_problems(document: Document, entry: Entry) -> Iterator[Problem]:
    if document.path.stem != entry.id:
        yield document.problem(("id",), f"the file is named {document.path.name}, the id is {entry.id}")
    if document.path.parent.name != entry.topic:
        yield document.problem(("topic",), f"the folder is {document.path.parent.name}, the topic {entry.topic}")


def _reference_problems(document: Document, entry: Entry, library: Library) -> Iterator[Problem]:
    for i, source in enumerate(entry.sources):
        if source not in library.sources:
            yield document.problem(("sources", i), f"unknown source {source}")
    for i, follow_up in enumerate(entry.follow_ups):
        if follow_up not in library.entries or follow_up == entry.id:
            yield document.problem(("follow_ups", i), f"dangling follow-up {follow_up}")


def _question_problems(documents: dict[str, Document], entries: dict[str, Entry]) -> Iterator[Problem]:
    """The same question in two places can have only one answer."""
    seen: dict[str, str] = {}
    for entry in entries.values():
        for language, questions in entry.questions.items():
            for i, question in enumerate(questions):
                first = seen.setdefault(fold(question), entry.id)
                if first != entry.id:
                    yield documents[entry.id].problem(
                        ("questions", language, i), f"the same question is in {first}: {question}"
                    )


def load_sources(path: Path = SOURCES) -> dict[str, Source]:
    document = read(path)
    if not isinstance(document.data, dict):
        raise EntryError([document.problem((), "sources are given as `id: {title, publisher, ...}`")])
    try:
        return {str(key): Source.model_validate(value) for key, value in document.data.items()}
    except ValidationError as error:
        raise EntryError(list(_validation_problems(document, error))) from error


@lru_cache(maxsize=4096)
def _read_entry(path: Path, _changed_ns: int) -> tuple[Document, Entry]:
    """Read once for each change of the file, so that reading all again after an edit takes no time."""
    document = read(path)
    try:
        return document, Entry.model_validate(document.data)
    except ValidationError as error:
        raise EntryError(list(_validation_problems(document, error))) from error


def load(folder: Path = ENTRIES, sources: Path = SOURCES, today: date | None = None) -> Library:
    """Read all entries; raises one EntryError that lists every problem."""
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    library = Library({}, load_sources(sources))
    for path in sorted(folder.rglob("*.yml")):
        try:
            document, entry = _read_entry(path, path.stat().st_mtime_ns)
        except EntryError as error:
            problems += error.problems
            continue
        if entry.id in library.entries:
            problems.append(document.problem(("id",), f"the id is used by {documents[entry.id].path} too"))
        library.entries[entry.id], documents[entry.id] = entry, document
    for name, entry in library.entries.items():
        document = documents[name]
        problems += _limit_problems(document, entry)
        problems += _date_problems(document, entry, today or date.today())
        problems += _place_problems(document, entry)
        problems += _reference_problems(document, entry, library)
    problems += _question_problems(documents, library.entries)
    if problems:
        raise EntryError(problems)
    return library
