"""Reads every entry strictly: whatever is wrong is reported with its file and line, all at once."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from knowledge.entry import Entry, Source
from knowledge.entry_checks import dates, limits, references, same_questions
from knowledge.errors import EntryError, Problem
from knowledge.paths import ENTRIES, OVERLAY, SHARED_SOURCES, SOURCES
from knowledge.yaml_lines import Document, read

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Library:
    """All entries by id and all sources by id."""

    entries: dict[str, Entry]
    sources: dict[str, Source]


def _validation_problems(document: Document, error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors():
        yield document.problem(tuple(detail["loc"]), detail["msg"])


def _place_problems(document: Document, entry: Entry) -> Iterator[Problem]:
    if document.path.stem != entry.id:
        yield document.problem(("id",), f"the file is named {document.path.name}, the id is {entry.id}")
    if document.path.parent.name != entry.topic:
        yield document.problem(("topic",), f"the folder is {document.path.parent.name}, the topic {entry.topic}")


def load_sources(path: Path = SOURCES) -> dict[str, Source]:
    """Those of the programme; below them, where it is another one, those that the shared dialogues rest on."""
    shared = _sources(SHARED_SOURCES) if path == SOURCES != SHARED_SOURCES else {}
    return {**shared, **_sources(path)}


def _sources(path: Path) -> dict[str, Source]:
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


def load(
    folder: Path = ENTRIES, sources: Path = SOURCES, today: date | None = None, overlay: Path | None = None
) -> Library:
    """Read all entries; raises one EntryError that lists every problem.

    What was published from the console lies in `overlay` and stands for the file of the same id. A published entry
    that does not go with the files any more is left out, and the log says so: the file answers again.
    """
    above = overlay or (OVERLAY if folder == ENTRIES else None)
    published = sorted(above.rglob("*.yml")) if above else []
    while True:
        library, problems = _read_all(folder, sources, published, today or date.today())
        wrong = [problem for problem in problems if problem.path in published]
        if not problems:
            return library
        if not wrong:
            raise EntryError(problems)
        log.error("published entries that are left out:\n%s", EntryError(wrong))
        published = [path for path in published if path not in {problem.path for problem in wrong}]


def _read_all(folder: Path, sources: Path, published: list[Path], today: date) -> tuple[Library, list[Problem]]:
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    library = Library({}, load_sources(sources))
    names = {path.stem for path in published}
    # Published ones come last: what stands twice is told of them.
    for path in [*(p for p in sorted(folder.rglob("*.yml")) if p.stem not in names), *published]:
        try:
            document, entry = _read_entry(path, path.stat().st_mtime_ns)
        except EntryError as error:
            problems += error.problems
            continue
        if entry.id in library.entries:
            problems.append(document.problem(("id",), f"the id is used by {documents[entry.id].path} too"))
        library.entries[entry.id], documents[entry.id] = entry, document
    problems += _problems(library, documents, today)
    return library, problems


def _problems(library: Library, documents: dict[str, Document], today: date) -> Iterator[Problem]:
    for name, entry in library.entries.items():
        document = documents[name]
        for mistake in (*limits(entry), *dates(entry, today)):
            yield document.problem(mistake.location, str(mistake))
        yield from _place_problems(document, entry)
        for mistake in references(entry, library):
            yield document.problem(mistake.location, str(mistake))
    for entry, mistake in same_questions(library.entries.values()):
        yield documents[entry.id].problem(mistake.location, str(mistake))
