"""Puts what a dialogue has to say to Rasa."""

from collections.abc import Iterable

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.said import Said
from actions.entry_reply import sources
from actions.hand_over import call_back
from actions.knowledge_base import knowledge_base


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
            buttons=[{"title": button.title, "payload": button.payload} for button in one.buttons],
            json_message={key: value for key, value in custom.items() if value},
            language=language,
            **one.values,
        )
