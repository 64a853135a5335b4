"""Answers a question about districts and their products, or ends the form that asked for a district."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import district_reply, knowledge_reply, slots, turn
from actions.knowledge_base import knowledge_base
from knowledge.district_question import DistrictQuestion, parse
from knowledge.text.gazetteer import AMBIGUOUS


class ActionDistrict(Action):
    def name(self) -> str:
        return "action_district"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        question = _question(tracker)
        if question is None:
            return knowledge_reply.reply(dispatcher, tracker)
        events = district_reply.reply(dispatcher, question, turn.language(tracker))
        return [SlotSet(slots.DISTRICT, None), *events]


def _question(tracker: Tracker) -> DistrictQuestion | None:
    """What is asked: the form's answer, a tapped button, or what the words say."""
    tapped = turn.entity(tracker, "district") if turn.is_tap(tracker) else None
    told = tracker.get_slot(slots.DISTRICT) or tapped
    if told in knowledge_base().districts.by_id:
        return DistrictQuestion("products", (str(told),))
    if told in AMBIGUOUS:
        return DistrictQuestion("ambiguous", AMBIGUOUS[told], told)
    likely = turn.intent(tracker) == "ask_district"
    return parse(turn.text(tracker), turn.mentions(tracker), likely)
