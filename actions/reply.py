"""Says a knowledge entry."""

from collections.abc import Sequence
from dataclasses import dataclass

from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.words import load
from actions.entry_reply import MOST_BUTTONS, buttons, sources
from knowledge.entries_loader import Library
from knowledge.entry import Entry


@dataclass(frozen=True)
class Forms:
    """An answer as it is read, as it fits an SMS and as it is spoken; `sources` by id."""

    text: str
    short: str
    speech: str | None
    sources: Sequence[str]


def _speech(entry: Entry, language: str) -> str | None:
    if entry.speech is None:
        return None
    return entry.speech.en if language == "en" else entry.speech.hi


def say_entry(dispatcher: CollectingDispatcher, library: Library, entry: Entry, language: str) -> None:
    """Answer with an entry; what people ask next is offered as buttons."""
    forms = Forms(entry.answer[language], entry.short[language], _speech(entry, language), entry.sources)
    say_as(dispatcher, library, entry, forms, language)


def say_again(dispatcher: CollectingDispatcher, library: Library, entry: Entry, language: str) -> None:
    """What was answered just now, and what to do for whoever means something else."""
    text = f"{entry.answer[language]}\n\n{load()['told_already'][language]}"
    forms = Forms(text, entry.short[language], _speech(entry, language), entry.sources)
    person = {"title": load()["talk_to_person"][language], "payload": "person:"}
    say_as(dispatcher, library, entry, forms, language, first=[person])


def say_as(
    dispatcher: CollectingDispatcher,
    library: Library,
    entry: Entry,
    forms: Forms,
    language: str,
    first: Sequence[dict[str, str]] = (),
) -> None:
    """Answer an entry's question in these words; `first`: buttons before its own."""
    dispatcher.utter_message(
        text=forms.text,
        buttons=[*first, *buttons(library, entry.task, entry.follow_ups, language)][:MOST_BUTTONS],
        json_message={
            "outcome": "answered",
            "language": language,
            "entry": entry.id,
            "topic": entry.topic,
            "short": forms.short,
            "speech": forms.speech,
            "sources": sources(library, forms.sources, language),
        },
    )
