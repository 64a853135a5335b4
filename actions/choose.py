"""Takes "1", "2", "3" as the choice of that number offered last."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import slots, turn
from actions.district import say_products
from actions.knowledge_base import knowledge_base
from actions.reply import say_entry


class ActionChoose(Action):
    def name(self) -> str:
        return "action_choose"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        kind, _, value = _chosen(tracker).partition(":")
        library, language = knowledge_base().retriever.library, turn.language(tracker)
        if kind == "entry" and value in library.entries:
            entry = library.entries[value]
            say_entry(dispatcher, library, entry, language)
            offered = [f"entry:{i}" for i in entry.follow_ups]
            return [SlotSet(slots.ENTRY, value), SlotSet(slots.CHOICES, offered)]
        if kind == "district" and value in knowledge_base().districts.by_id:
            say_products(dispatcher, (value,), language)
            return [SlotSet(slots.CHOICES, None)]
        dispatcher.utter_message(response="utter_no_such_choice")
        return []


def _chosen(tracker: Tracker) -> str:
    """The payload with the number the user gave; empty when there is none."""
    number = turn.entity(tracker, "number") or ""
    offered = tracker.get_slot(slots.CHOICES) or []
    place = int(number) - 1 if number.isdigit() else -1
    return str(offered[place]) if 0 <= place < len(offered) else ""
