"""Answers a question about districts and their products, or ends the form that asked for a district."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import district_reply, knowledge_reply, slots, tasks, turn
from actions.begin_task import begin
from actions.knowledge_base import knowledge_base
from actions.status.task import wants_status
from knowledge.district_question import DistrictQuestion, parse
from knowledge.text.mention import AMBIGUOUS


class ActionDistrict(Action):
    def name(self) -> str:
        return "action_district"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not tasks.is_active(tracker) and wants_status(turn.text(tracker)):
            return await begin(dispatcher, tracker, "status", "")
        question = _question(tracker)
        if question is None and turn.is_tap(tracker):
            dispatcher.utter_message(response="utter_not_understood")
            return []
        if question is None:
            return knowledge_reply.reply(dispatcher, tracker, _is_likely(tracker))
        events = district_reply.reply(dispatcher, question, turn.language(tracker))
        return [SlotSet(slots.DISTRICT, None), *events]


def _question(tracker: Tracker) -> DistrictQuestion | None:
    """What a tapped button or the form's answer asks for; None where only the words tell."""
    if turn.is_tap(tracker):
        return _about(turn.entity(tracker, "district"))
    told = tracker.get_slot(slots.DISTRICT)
    if not told:
        return None
    said = parse(turn.text(tracker), turn.mentions(tracker), _is_likely(tracker))
    # "Agra and Banda" in the form: the slot holds one, the words both.
    return said if said and told in said.districts else _about(told)


def _is_likely(tracker: Tracker) -> bool:
    return turn.intent(tracker) == "ask_district"


def _about(told: str | None) -> DistrictQuestion | None:
    if told in knowledge_base().districts.by_id:
        return DistrictQuestion("products", (str(told),))
    if told in AMBIGUOUS:
        return DistrictQuestion("ambiguous", AMBIGUOUS[str(told)], str(told))
    return None
