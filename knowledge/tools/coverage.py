"""How much there is of each topic, in which languages and variants, and what is missing."""

from collections import defaultdict

from knowledge.entries_loader import Library
from knowledge.entry import MIN_QUESTIONS, Entry

_LANGUAGES = ("hi", "hi-Latn", "en")
_HEAD = ("topic", "entries", *(f"{code} questions" for code in _LANGUAGES), "fewest", "ur", "speech", "conflicts")


def table(library: Library) -> list[tuple[str, ...]]:
    """One row a topic, and one for all: counts of entries, questions by language and optional parts."""
    topics: dict[str, list[Entry]] = defaultdict(list)
    for entry in library.entries.values():
        topics[entry.topic].append(entry)
    rows = [_row(topic, entries) for topic, entries in sorted(topics.items())]
    return [_HEAD, *rows, _row("all", list(library.entries.values()))]


def _row(name: str, entries: list[Entry]) -> tuple[str, ...]:
    counts = [{code: len(texts) for code, texts in entry.questions.items()} for entry in entries]
    totals = [sum(count[code] for count in counts) for code in _LANGUAGES]
    return (
        name, str(len(entries)), *map(str, totals), str(min(min(count.values()) for count in counts)),
        str(sum(len(e.questions.ur) for e in entries)), str(sum(e.speech is not None for e in entries)),
        str(sum(e.conflicts is not None for e in entries)),
    )  # fmt: skip


def missing(library: Library, wanted: int) -> list[str]:
    """Entries with fewer than `wanted` questions in a language, the poorest first."""
    found = []
    for entry in library.entries.values():
        short = {code: len(texts) for code, texts in entry.questions.items() if len(texts) < max(wanted, MIN_QUESTIONS)}
        if short:
            found.append((min(short.values()), f"{entry.id}: " + ", ".join(f"{n} in {c}" for c, n in short.items())))
    return [line for _, line in sorted(found)]
