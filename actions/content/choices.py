"""What the form offers to choose from, and how much fits."""

from typing import Any

from actions.content.mistakes import Language
from actions.dialogue.words import load as load_words
from knowledge.entries_loader import Library
from knowledge.entry import MAX_ANSWER_WORDS, MAX_SHORT, MAX_TITLE, MIN_QUESTIONS, schemes


def choices(library: Library, language: Language) -> dict[str, Any]:
    entries = library.entries.values()
    return {
        "topics": sorted({entry.topic for entry in entries}),
        "entries": [{"id": entry.id, "title": entry.title[language]} for entry in entries],
        "sources": [_source(library, name, language) for name in library.sources],
        "schemes": list(schemes()),
        "tasks": [{"id": task, "title": _task(task, language)} for task in _tasks(library)],
        "limits": {"answer": MAX_ANSWER_WORDS, "title": MAX_TITLE, "short": MAX_SHORT, "questions": MIN_QUESTIONS},
    }


def _source(library: Library, name: str, language: Language) -> dict[str, str]:
    source = library.sources[name]
    title = source.title.hi if language == "hi" else source.title.en
    return {"id": name, "title": title, "publisher": source.publisher, "date": source.date}


def _tasks(library: Library) -> list[str]:
    """Those that some entry offers: every one of them is known to work."""
    return sorted({entry.task for entry in library.entries.values() if entry.task})


def _task(task: str, language: Language) -> str:
    kind, _, topic = task.partition(".")
    words = load_words()
    title: str = (words.get(f"begin_{kind}_{topic}") or words[f"begin_{kind}"])[language]
    return title
