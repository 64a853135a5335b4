"""A knowledge entry as a reply: text, its short and spoken forms, sources, buttons."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.words import load
from knowledge.entries_loader import Library
from knowledge.entry import Entry

_MOST_BUTTONS = 3


_DATE_WORDS = {
    "hi": {"undated": "बिना तारीख़", "about": "लगभग"},
    "hi-Latn": {"undated": "bina tareekh", "about": "lagbhag"},
}


def _as_of(date: str, language: str) -> str:
    """The date as it is known; its words, where it has any, in the reader's language."""
    return " ".join(_DATE_WORDS.get(language, {}).get(word, word) for word in date.split())


def sources(library: Library, ids: list[str] | tuple[str, ...], language: str) -> list[dict[str, Any]]:
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


def _speech(entry: Entry, language: str) -> str | None:
    if entry.speech is None:
        return None
    return entry.speech.en if language == "en" else entry.speech.hi


def say_entry(dispatcher: CollectingDispatcher, library: Library, entry: Entry, language: str) -> None:
    """Answer with an entry; what people ask next is offered as buttons."""
    offered = [task_button(entry.task, language)] if entry.task else []
    offered += [entry_button(library.entries[i], language) for i in entry.follow_ups]
    dispatcher.utter_message(
        text=entry.answer[language],
        buttons=offered[:_MOST_BUTTONS],
        json_message={
            "outcome": "answered",
            "language": language,
            "entry": entry.id,
            "topic": entry.topic,
            "short": entry.short[language],
            "speech": _speech(entry, language),
            "sources": sources(library, entry.sources, language),
        },
    )
