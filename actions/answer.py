"""Answers a question about the programme; also whatever the classifier was not sure of."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import knowledge_reply, tasks, turn
from actions.begin_task import begin, give
from actions.callback import own_number
from actions.callback.task import asks_for_call, asks_for_person, wants_call
from actions.choose import choose
from actions.knowledge_base import knowledge_base
from actions.status.task import wants_status


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
        question = knowledge_reply.Question(tracker)
        if not tasks.is_active(tracker) and asks_for_person(turn.text(tracker)) and not question.has_answer(alone=True):
            return await give(dispatcher, tracker, is_call=wants_call(turn.text(tracker)))
        return question.reply(dispatcher)
