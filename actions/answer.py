"""Answers a question about the programme; also whatever the classifier was not sure of."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import knowledge_reply, tasks, turn
from actions.begin_task import begin
from actions.callback import own_number
from actions.callback.task import asks_for_call
from actions.choose import choose
from actions.knowledge_base import knowledge_base
from actions.status.task import wants_status
from actions.talk_to_person import give


class ActionAnswer(Action):
    """A tapped entry, or whatever the words ask."""

    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        tapped = turn.entity(tracker, "entry") or ""
        if tapped in knowledge_base().retriever.library.entries:
            return knowledge_reply.answer(dispatcher, tapped, turn.language(tracker))
        if turn.chosen(tracker):  # in a word: "one"
            return await choose(dispatcher, tracker)
        if not tasks.is_active(tracker) and wants_status(turn.text(tracker)):
            return await begin(dispatcher, tracker, "status", "")
        if turn.is_tap(tracker):
            dispatcher.utter_message(response="utter_not_understood")
            return []
        if not tasks.is_active(tracker) and asks_for_call(turn.text(tracker)):
            return await give(dispatcher, tracker, is_call=True)
        if own_number.is_all_that_is_told(turn.text(tracker)):
            dispatcher.utter_message(response="utter_own_number")
            return []
        return knowledge_reply.reply(dispatcher, tracker)
