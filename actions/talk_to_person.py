"""A person is wanted, or needed: the conversation is given to one."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import turn
from actions.begin_task import give
from actions.callback.task import wants_call
from actions.hand_over import handover


class ActionHandOver(Action):
    """A person is asked for; whoever wants to be phoned is asked on which number."""

    def name(self) -> str:
        return "action_hand_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        is_call = wants_call(turn.text(tracker)) and not turn.asked_for_district(tracker)
        return await give(dispatcher, tracker, is_call)


class ActionDistress(Action):
    """What can help at once is said first; a person of the helpline is told beside it."""

    def name(self) -> str:
        return "action_distress"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        key = "utter_distress_loan" if turn.entity(tracker, "refused_loan") else "utter_distress"
        dispatcher.utter_message(response=key, json_message={"handover": handover(tracker, "distress")})
        return []
