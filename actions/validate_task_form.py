"""Takes a message as part of the dialogue that is going on, or leaves it to the rules (bot/rules), which interrupt it.

Rasa calls it twice in a turn that interrupts: first with the message, then to go on.
"""

import asyncio
from dataclasses import replace
from functools import cached_property

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import hand_over, leave_to_people, slots, tasks, turn
from actions.begin_task import begin, is_sure
from actions.dialogue.after import After
from actions.dialogue.answers import has
from actions.dialogue.field import FreeText
from actions.dialogue.hear import Heard, Move, hear
from actions.dialogue.question import noted, why
from actions.dialogue.said import Button, Said
from actions.entry_reply import task_button
from actions.knowledge_reply import Question, answer
from actions.say import say
from actions.tasks import Held

_END: list[EventType] = [SlotSet(slots.REQUESTED, None)]
# Rasa takes a form that sets no other slot for one that did not take the message, and interrupts it.
_TAKEN_AND_ENDED: list[EventType] = [SlotSet(slots.TASK, None), *_END]
_LEAVING = frozenset({"stop", "goodbye"})
_FOR_PEOPLE = frozenset({"talk_to_person", "distress"})
_NO_ANSWER = frozenset({
    "greet", "thank", "help", "bot_identity", "change_language", "other_language", "no_words", "ask_entry",
    "begin_task",
})  # fmt: skip
_STUCK, _HELPLESS = 2, 3  # misses in a row: other ways are offered, then a person
_CHECK = "eligibility"  # of many questions, and begun the most often by mistake
_PRESSED = 3  # other questions in a row: the dialogue steps aside
_LONGEST_LEAVE = 4  # words: in a longer message "bas" means "only"
_LEAST_ASIDE = 4  # words of a statement that is answered from the knowledge
_LONGEST_ECHO = 3  # words that are said back


class ValidateTaskForm(Action):
    def name(self) -> str:
        return "validate_task_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        held = tasks.held(tracker)
        if held is None:
            return _END
        if turn.is_answered(tracker):
            return _after_interruption(tracker, held)
        return await _Turn(dispatcher, tracker, held).run()


def _after_interruption(tracker: Tracker, held: Held) -> list[EventType]:
    """A dialogue goes on unless it was left; one that is over is held too, so that it can still be corrected."""
    if turn.has_set(tracker, slots.TASK):
        return []
    if turn.intent(tracker) in _LEAVING or _is_for_people(tracker):
        return _END
    return [SlotSet(slots.TASK, replace(held, fresh=False).dump())] if held.over and held.fresh else []


def _is_for_people(tracker: Tracker) -> bool:
    return turn.intent(tracker) in _FOR_PEOPLE or leave_to_people.is_wanted(tracker)


class _Turn:
    """One message in a dialogue."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker, held: Held) -> None:
        self.dispatcher, self.tracker, self.held = dispatcher, tracker, held
        self.message, self.occasion = tasks.message(tracker), tasks.occasion(tracker)
        self.intent, self.question = turn.intent(tracker), Question(tracker)

    async def run(self) -> list[EventType]:
        """Whoever is meant by the message takes it; an empty list leaves it to the rules."""
        if self._is_for_others():
            return []
        if self._switched is not None:
            return await self._switch(self._switched)
        if self.held.over:
            return await self._after_the_end()
        heard = await self._hear(strict=self._asks or self._is_small_talk)
        if heard.move is not Move.NOTHING or heard.said:
            return [*self._keep_language(), *await self._go_on(heard)]
        if self._is_small_talk or self._leaves or self._begins_other:
            return []
        return await self._go_aside()

    def _is_for_others(self) -> bool:
        """A person is wanted, another button was tapped, or another dialogue is begun where any words would answer."""
        chooses = bool(turn.chosen(self.tracker)) and not tasks.counts(self.tracker)
        taps_other = not self.message.tapped and (turn.is_tap(self.tracker) or chooses)
        takes_all = self.held.asked is not None and isinstance(self.held.asked.kind, FreeText)
        return _is_for_people(self.tracker) or taps_other or (takes_all and self._begins_other)

    @property
    def _is_small_talk(self) -> bool:
        return self.intent in _NO_ANSWER

    @property
    def _asks(self) -> bool:
        """Also "and if I make it 30": such a number is no answer."""
        return self.message.asks or has("what_if", self.message)

    @property
    def _leaves(self) -> bool:
        return self.intent in _LEAVING and len(self.message.words) <= _LONGEST_LEAVE

    @property
    def _begins_other(self) -> bool:
        other = self.intent in tasks.BY_INTENT and tasks.BY_INTENT[self.intent] is not self.held.task
        return other and is_sure(self.tracker, self.question)

    @cached_property
    def _switched(self) -> str | None:
        """The other topic of this dialogue that is asked for."""
        return None if self.message.asks else self.held.task.switched(self.held.state, self.message)

    async def _switch(self, topic: str) -> list[EventType]:
        """Rasa goes on with the form by itself."""
        events = await begin(self.dispatcher, self.tracker, self.held.task.kind, topic)
        return [event for event in events if event["event"] == "slot"]

    async def _after_the_end(self) -> list[EventType]:
        held = self.held
        after = After(held.state, held.task, self.occasion, held.fresh, self.question.has_answer)
        heard = await asyncio.to_thread(after.hear, self.message)
        if heard.move is Move.ASKED_STEP:
            self._say(*await asyncio.to_thread(held.task.next_step, held.state, self.occasion))
        elif heard.move in (Move.SUPPOSED, Move.TOLD_ALL):
            self._say(*await asyncio.to_thread(held.task.finish, heard.state, self.occasion))
        elif heard.move in (Move.TOLD, Move.PUT_RIGHT):
            return await self._go_on(heard)
        else:
            return []
        return [SlotSet(slots.TASK, replace(held, fresh=True).dump())]

    async def _go_aside(self) -> list[EventType]:
        """A question, or something told that has an answer; else what was not taken strictly, or a miss."""
        says_enough = self.message.asks or len(self.message.words) >= _LEAST_ASIDE
        if self._asks and self.question.has_answer():
            return self._answer_aside()
        heard = await self._hear(strict=False)
        if heard.move is Move.NOTHING and has("anger", self.message):
            hand_over.hand_over(self.dispatcher, self.tracker, "anger")
            return _TAKEN_AND_ENDED
        if heard.move is Move.NOTHING and says_enough and self.question.has_answer():
            return self._answer_aside()
        if heard.move is Move.NOTHING and not heard.said and self.message.asks:
            likely = self.question.likely()
            if likely or self.held.task.kind == _CHECK:
                return self._answer_aside(likely, pauses=likely is None)
        return await self._go_on(heard)

    def _keep_language(self) -> list[EventType]:
        """ "Hindi" that answers a question is no wish to be answered in Hindi, for which Rasa has taken it."""
        if self.intent != "change_language":
            return []
        before = turn.slot_before(self.tracker, slots.PREFERRED_LANGUAGE)
        self.tracker.slots[slots.PREFERRED_LANGUAGE] = before
        self.occasion = tasks.occasion(self.tracker)
        return [SlotSet(slots.PREFERRED_LANGUAGE, before)]

    async def _hear(self, strict: bool) -> Heard:
        return await asyncio.to_thread(hear, self.held.state, self.held.task, self.message, self.occasion, strict)

    def _answer_aside(self, likely: str | None = None, pauses: bool = False) -> list[EventType]:
        """A question in the middle: answered, then the dialogue asks again. `likely`: by this entry."""
        said = answer(self.dispatcher, likely, self.occasion.language) if likely else None
        events = said or self.question.reply(self.dispatcher)
        state = replace(self.held.state, misses=0, asides=self.held.state.asides + 1)
        kept = SlotSet(slots.TASK, self.held.with_state(state).dump())
        return [*events, kept, *(self._pause() if pauses or state.asides >= _PRESSED else [])]

    def _pause(self) -> list[EventType]:
        """Who keeps asking wants answers, and not our question again: it waits behind a button."""
        button = task_button(self.held.state.task, self.occasion.language)
        self._say(Said("utter_task_paused", buttons=(Button(**button),)))
        return _END

    async def _go_on(self, heard: Heard) -> list[EventType]:
        if heard.move is Move.LEFT:
            self.dispatcher.utter_message(response="utter_stopped", language=self.occasion.language)
            return _TAKEN_AND_ENDED
        if heard.move in (Move.TOLD, Move.PASSED, Move.PUT_RIGHT, Move.TOLD_ALL):
            return await self._next(heard)
        if heard.move is Move.NOTHING:
            return self._missed(heard)
        asked = self.held.task.field(self.held.state, str(self.held.state.asked))
        if heard.move is Move.ASKED_WHY:
            self._say(why(asked, self.occasion.language))
        return [SlotSet(slots.TASK, self.held.with_state(self.held.state).dump())]

    async def _next(self, heard: Heard) -> list[EventType]:
        """The next question, or the end."""
        self._say(*heard.said)
        task, state = self.held.task, heard.state
        ends = heard.move is Move.TOLD_ALL
        if not ends and await asyncio.to_thread(task.next, state, self.occasion.today) is not None:
            fields = {name: task.field(state, name) for name in heard.names}
            told = {name: state.told[name] for name in heard.names if name in state.told}
            note = noted(fields, told, self.occasion.language, self._words_beside(heard))
            return [
                SlotSet(
                    slots.TASK,
                    replace(self.held, state=state, over=False, note=note, language=self.occasion.language).dump(),
                )
            ]
        self._say(*await asyncio.to_thread(task.finish, state, self.occasion))
        over = replace(self.held, state=replace(task.forget(state), asked=None), over=True, fresh=True, note="")
        # The form stays, so that what was told can be corrected.
        return [SlotSet(slots.TASK, over.dump())]

    def _words_beside(self, heard: Heard) -> str:
        """The few words that tell something else than was asked."""
        beside = self.held.state.asked is not None and self.held.state.asked not in heard.names
        is_short = len(self.message.words) <= _LONGEST_ECHO and not self.message.tapped
        return self.message.text.strip(" .,।") if beside and is_short else ""

    def _missed(self, heard: Heard) -> list[EventType]:
        understood = bool(heard.said)  # a number of another kind, a wrong code: said so, and no miss
        state = replace(self.held.state, misses=self.held.state.misses + (not understood))
        if state.misses >= _HELPLESS:
            hand_over.hand_over(self.dispatcher, self.tracker, "failures")
            return _TAKEN_AND_ENDED
        self._say(*(heard.said or [self._hint(state.misses)]))
        return [SlotSet(slots.TASK, self.held.with_state(state).dump())]

    def _hint(self, misses: int) -> Said:
        return Said("utter_task_stuck" if misses >= _STUCK else "utter_task_missed", outcome="not_understood")

    def _say(self, *said: Said) -> None:
        say(self.dispatcher, self.tracker, said, self.occasion.language)
