"""Says a knowledge entry."""

from rasa_sdk.executor import CollectingDispatcher

from actions.entry_reply import buttons, sources
from knowledge.entries_loader import Library
from knowledge.entry import Entry


def _speech(entry: Entry, language: str) -> str | None:
    if entry.speech is None:
        return None
    return entry.speech.en if language == "en" else entry.speech.hi


def say_entry(dispatcher: CollectingDispatcher, library: Library, entry: Entry, language: str) -> None:
    """Answer with an entry; what people ask next is offered as buttons."""
    dispatcher.utter_message(
        text=entry.answer[language],
        buttons=buttons(library, entry.task, entry.follow_ups, language),
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
