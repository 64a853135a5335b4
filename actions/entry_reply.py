"""A knowledge entry as a reply: text, its short and spoken forms, sources, buttons."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.dialogue.words import load
from knowledge.entries_loader import Library
from knowledge.entry import Entry

MOST_BUTTONS = 3


_DATE_WORDS = {
    "hi": {"undated": "बिना तारीख़", "about": "लगभग"},
    "hi-Latn": {"undated": "bina tareekh", "about": "lagbhag"},
}


def _as_of(date: str, language: str) -> str:
    """The date as it is known; its words, where it has any, in the reader's language."""
    return " ".join(_DATE_WORDS.get(language, {}).get(word, word) for word in date.split())


def sources(library: Library, ids: Sequence[str], language: str) -> list[dict[str, Any]]:
    """Titles in the reader's script, with date and address."""
    found = [library.sources[i] for i in ids]
    return [
        {"title": s.title.hi if language == "hi" else s.title.en, "as_of": _as_of(s.date, language), "url": s.url}
        for s in found
    ]


def entry_button(entry: Entry, language: str) -> dict[str, str]:
    return {"title": entry.title[language], "payload": f"entry:{entry.id}"}


def task_button(task: str, language: str) -> dict[str, str]:
    kind, _, topic = task.partition(".")
    title = load().get(f"begin_{kind}_{topic}") or load()[f"begin_{kind}"]
    return {"title": title[language], "payload": f"task:{task}"}


def buttons(library: Library, task: str | None, follow_ups: Sequence[str], language: str) -> list[dict[str, str]]:
    """What people do or ask next."""
    offered = [task_button(task, language)] if task else []
    offered += [entry_button(library.entries[i], language) for i in follow_ups]
    return offered[:MOST_BUTTONS]


def preview(library: Library, data: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The reply of a draft that need not be right yet: what names nothing is left out."""
    texts = {key: (data.get(key) or {}).get(language, "") for key in ("answer", "short")}
    speech = (data.get("speech") or {}).get("en" if language == "en" else "hi")
    task = data.get("task") if _has_button(data.get("task")) else None
    return {
        "text": texts["answer"], "short": texts["short"] or None, "speech": speech or None,
        "language": language, "outcome": "answered", "entry": data.get("id"),
        "buttons": buttons(library, task, _known(data.get("follow_ups"), library.entries), language),
        "sources": sources(library, _known(data.get("sources"), library.sources), language),
    }  # fmt: skip


def _known(ids: Any, among: Mapping[str, Any]) -> list[str]:
    return [name for name in ids or [] if name in among]


def _has_button(task: str | None) -> bool:
    return bool(task) and f"begin_{str(task).partition('.')[0]}" in load()
