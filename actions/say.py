"""Puts what a dialogue has to say to Rasa."""

from collections.abc import Iterable

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.said import Button, Said
from actions.entry_reply import sources
from actions.hand_over import call_back
from actions.knowledge_base import knowledge_base
from knowledge.entries_loader import Library


def say(dispatcher: CollectingDispatcher, tracker: Tracker, said: Iterable[Said], language: str) -> None:
    library = knowledge_base().retriever.library
    for one in said:
        custom = {
            "language": language,
            "outcome": one.outcome,
            "short": one.short,
            "speech": one.speech,
            "sources": sources(library, one.sources, language),
            "handover": call_back(tracker, one.call_back) if one.call_back is not None else None,
        }
        dispatcher.utter_message(
            response=one.response,
            buttons=[{"title": b.title, "payload": b.payload} for b in one.buttons if _leads_somewhere(b, library)],
            json_message={key: value for key, value in custom.items() if value},
            language=language,
            **one.values,
        )


def _leads_somewhere(button: Button, library: Library) -> bool:
    """The dialogues name entries of the first programme; another one may have none of that name."""
    kind, _, name = button.payload.partition(":")
    return kind != "entry" or name in library.entries
