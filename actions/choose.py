"""Takes "1", "2", "3" as the button of that number in the last reply."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import slots, turn
from actions.begin_task import begin
from actions.district_reply import say_products
from actions.hand_over import hand_over
from actions.knowledge_base import knowledge_base
from actions.knowledge_reply import answer
from actions.tasks import TASKS
from knowledge.text.language import SERVED

_SCRIPTED = {"menu": "utter_help", "stop": "utter_stopped"}


class ActionChoose(Action):
    def name(self) -> str:
        return "action_choose"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return await choose(dispatcher, tracker)


async def choose(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """What the button of that number stands for."""
    kind, _, value = turn.chosen(tracker).partition(":")
    language = turn.language(tracker)
    if kind == "entry" and value in knowledge_base().retriever.library.entries:
        return answer(dispatcher, value, language)
    if kind == "district" and value in knowledge_base().districts.by_id:
        say_products(dispatcher, (value,), language)
        return []
    if kind == "language" and value in SERVED:
        dispatcher.utter_message(response="utter_language_set", language=value)
        return [SlotSet(slots.PREFERRED_LANGUAGE, value)]
    if kind == "task" and value.partition(".")[0] in TASKS:
        return await begin(dispatcher, tracker, *value.partition(".")[::2])
    if kind == "person":
        hand_over(dispatcher, tracker, "asked")
        return []
    dispatcher.utter_message(response=_SCRIPTED.get(kind, "utter_no_such_choice"))
    return []
