"""Begins a dialogue: asked for in words, by a button, or with another topic of the one that is held."""

import asyncio
from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import slots, tasks, turn
from actions.callback import own_number
from actions.callback.task import asks_for_person, wants_call
from actions.dialogue.hear import hear
from actions.dialogue.message import Message
from actions.dialogue.question import noted
from actions.dialogue.state import State
from actions.dialogue.wishes import is_heard
from actions.hand_over import hand_over
from actions.knowledge_base import knowledge_base
from actions.knowledge_reply import Question
from actions.say import say
from actions.settings import Settings
from actions.status.task import wants_status
from actions.tasks import Held
from knowledge.text.mention import SCHEME

_GOOD = 0.9  # a probability; the others are confidences
_ANY, _CONFIDENT, _STRANGE, _ANSWERED, _CERTAIN, _NEVER = 0.5, 0.7, 0.8, 0.9, 0.97, 2.0
# Whoever tells of himself asks all kinds of things; being asked back nine questions is the wrong answer to most.
_OF_ONESELF, _OF_ONESELF_CONFIDENT = "eligibility", 0.95


class ActionBeginTask(Action):
    def name(self) -> str:
        return "action_begin_task"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        kind, topic = wanted(tracker)
        if kind not in tasks.TASKS:
            dispatcher.utter_message(response="utter_not_understood")
            return []
        if not turn.is_tap(tracker) and own_number.is_all_that_is_told(turn.text(tracker)):
            dispatcher.utter_message(response="utter_own_number")
            return []
        question = Question(tracker)
        if not turn.is_tap(tracker) and asks_for_person(turn.text(tracker)) and not question.has_answer(alone=True):
            return await give(dispatcher, tracker, is_call=wants_call(turn.text(tracker)))
        if not (turn.is_tap(tracker) or wants_status(turn.text(tracker)) or is_sure(tracker, question)):
            return question.reply(dispatcher, task=State(kind, topic).task)
        return await begin(dispatcher, tracker, kind, topic)


def is_sure(tracker: Tracker, question: Question) -> bool:
    """Whether a dialogue is wanted rather than an answer."""
    best = question.best()
    if best is None:
        return False
    kind, message = tasks.BY_INTENT[turn.intent(tracker)].kind, Message(turn.text(tracker))
    if kind == "status" and turn.verified_sender(tracker) and not is_heard("general", message):
        return True  # the state itself, which needs no number, is the better answer
    offers = (best.task or "").partition(".")[0] == kind
    least = least_confidence(message, best.probability, offers, best.strange)
    is_told = kind == _OF_ONESELF and not is_heard("wish", message)
    return turn.confidence(tracker) >= (max(least, _OF_ONESELF_CONFIDENT) if is_told else least)


def least_confidence(message: Message, probability: float, offers: bool, strange: bool = False) -> float:
    """How sure the classifier must be, where retrieval has an answer of that probability (0: none).

    `offers`: the answer offers this dialogue as a button; `strange`: retrieval takes it for another subject. Chosen on
    the examples of bot/nlu, each judged by a classifier that had not seen it, and on tests/actions/dialogue/starts.yml
    and benchmarks/development: of 1,207 wishes in bot/nlu 77.9 % begin, of 743 questions 32 (without the cues 76.0 %,
    and 38). `strange` keeps 9 of 13 that are none of ours from beginning, and 1 of 303 wishes.
    """
    if is_heard("general", message):
        return _NEVER if probability else _CERTAIN
    good = probability >= _GOOD
    if is_heard("wish", message):
        return _STRANGE if good and not offers else _ANY
    if good:
        return _CERTAIN if offers else _NEVER
    return _ANSWERED if probability or strange else _CONFIDENT


def wanted(tracker: Tracker) -> tuple[str, str]:
    """Kind and topic: "eligibility.mda" of a button, else by the intent and the scheme that is named."""
    held = tasks.held(tracker)
    if turn.intent(tracker) == "answer" and held:  # a button of a dialogue that was left
        return held.task.kind, held.state.topic
    kind, _, topic = (turn.entity(tracker, "task") or "").partition(".")
    if kind:
        return kind, topic
    task = tasks.BY_INTENT.get(turn.intent(tracker))
    return (task.kind, task.topic(turn.text(tracker), _scheme(tracker))) if task else ("", "")


def _scheme(tracker: Tracker) -> str:
    """The one scheme that is named, or that the last answer was about."""
    named = {m.value for m in turn.mentions(tracker) if m.kind == SCHEME}
    if len(named) == 1:
        return named.pop()
    entry = knowledge_base().retriever.library.entries.get(tracker.get_slot(slots.ENTRY) or "")
    return entry.scheme or "" if entry and not named else ""


async def give(dispatcher: CollectingDispatcher, tracker: Tracker, is_call: bool) -> list[EventType]:
    """`is_call`: the person is to phone."""
    if is_call and Settings().staff_hours:  # else nobody would phone
        return await begin(dispatcher, tracker, "callback", "")
    hand_over(dispatcher, tracker, "asked")
    return []


async def begin(dispatcher: CollectingDispatcher, tracker: Tracker, kind: str, topic: str) -> list[EventType]:
    task, occasion = tasks.TASKS[kind], tasks.occasion(tracker)
    state, said = await asyncio.to_thread(task.begin, _carried(tracker, kind, topic), occasion)
    message, names = tasks.message(tracker), tuple[str, ...]()
    if message.tapped or not turn.is_tap(tracker):
        heard = await asyncio.to_thread(hear, state, task, message, occasion)
        state, said, names = heard.state, (*said, *heard.said), heard.names
    over = await asyncio.to_thread(task.next, state, occasion.today) is None
    last = await asyncio.to_thread(task.finish, state, occasion) if over else ()
    before = tasks.held(tracker)
    is_known = over or said or (before is not None and before.task is task)
    opening = () if is_known else (task.opening(),)
    say(dispatcher, tracker, (*opening, *said, *last), occasion.language)
    note = noted(task.fields(), {n: state.told[n] for n in names if n in state.told}, occasion.language)
    kept = task.forget(state) if over else state
    held = Held(task, kept, over, "" if over else note, occasion.language, fresh=over)
    return [SlotSet(slots.TASK, held.dump()), FollowupAction(tasks.FORM)]


def _carried(tracker: Tracker, kind: str, topic: str) -> State:
    """With what is known already, where the new dialogue asks for the same."""
    before = tasks.held(tracker)
    if before is None:
        return State(kind, topic)
    if before.task.kind == kind:
        return replace(before.state.heard(), topic=topic, asked=None)
    fields = tasks.TASKS[kind].fields()
    return State(kind, topic, {name: value for name, value in before.state.told.items() if name in fields})
