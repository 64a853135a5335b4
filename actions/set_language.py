"""Keeps the language the user asked to be answered in."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import slots, turn
from knowledge.text.language import SERVED, requested_language


class ActionSetLanguage(Action):
    def name(self) -> str:
        return "action_set_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        wanted = turn.entity(tracker, "requested_language") or requested_language(turn.text(tracker))
        if wanted not in SERVED:
            dispatcher.utter_message(response="utter_ask_language")
            return []
        dispatcher.utter_message(response="utter_language_set", language=wanted)
        return [SlotSet(slots.PREFERRED_LANGUAGE, wanted)]
