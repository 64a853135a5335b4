"""A decision is wanted that only an office can take: said so, and a person is called."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import turn
from actions.hand_over import hand_over
from actions.knowledge_reply import Question

_CERTAIN = 0.8


def is_wanted(tracker: Tracker) -> bool:
    """Whether the classifier is in no doubt."""
    return turn.intent(tracker) == "decide_for_me" and turn.confidence(tracker) >= _CERTAIN


class ActionLeaveToPeople(Action):
    """Unless the classifier is in doubt: then it is a question like any other."""

    def name(self) -> str:
        return "action_leave_to_people"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not is_wanted(tracker):
            return Question(tracker).reply(dispatcher)
        hand_over(dispatcher, tracker, "not_for_bot")
        return []
