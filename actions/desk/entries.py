"""An entry as staff see it: every language, its sources with their dates, what sources disagree on."""

from collections.abc import Iterable
from typing import Any

from knowledge.entries_loader import Library
from knowledge.entry import ByLanguage, Entry


def texts(given: ByLanguage) -> dict[str, str]:
    return dict(given.items())


def titled(entry: Entry) -> dict[str, Any]:
    """Enough for a button."""
    return {"id": entry.id, "title": texts(entry.title)}


def sources(library: Library, ids: Iterable[str]) -> list[dict[str, Any]]:
    found = ((each, library.sources[each]) for each in ids)
    return [
        {
            "id": each,
            "title": {"hi": source.title.hi, "en": source.title.en},
            "publisher": source.publisher,
            "as_of": source.date,
            "url": source.url,
            "kind": source.kind,
        }
        for each, source in found
    ]


def shown(library: Library, entry: Entry) -> dict[str, Any]:
    return titled(entry) | {
        "entry_id": entry.id,
        "topic": entry.topic,
        "scheme": entry.scheme,
        "answer": texts(entry.answer),
        "short": texts(entry.short),
        "speech": {"hi": entry.speech.hi, "en": entry.speech.en} if entry.speech else None,
        "sources": sources(library, entry.sources),
        "as_of": entry.as_of.isoformat(),
        "last_checked": entry.last_checked.isoformat(),
        "conflicts": entry.conflicts,
        "follow_ups": [titled(library.entries[each]) for each in entry.follow_ups],
        "task": entry.task,
    }
