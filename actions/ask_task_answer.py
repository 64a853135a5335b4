"""Asks what the dialogue needs next. Rasa calls it whenever the form goes on, also after an interruption."""

import asyncio
from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import slots, tasks
from actions.dialogue.question import question
from actions.say import say


class ActionAskTaskAnswer(Action):
    def name(self) -> str:
        return "action_ask_task_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        held = tasks.held(tracker)
        if held is None or held.over:
            return []
        occasion = tasks.occasion(tracker)
        name = await asyncio.to_thread(held.task.next, held.state, occasion.today)
        if name is None:
            return []
        say(dispatcher, tracker, [question(held.task.field(held.state, name), occasion, held.note)], occasion.language)
        return [SlotSet(slots.TASK, held.with_state(replace(held.state, asked=name)).dump())]
