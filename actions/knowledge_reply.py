"""What is said to a question about the programme: an answer, a choice of entries, or honestly nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import district_reply, own_sum, slots, turn
from actions.dialogue.answers import has
from actions.dialogue.message import Message
from actions.entry_reply import entry_button, task_button
from actions.hand_over import hand_over
from actions.knowledge_base import knowledge_base
from actions.reply import say_again, say_entry
from actions.understanding import understand_each
from knowledge import context
from knowledge.district_question import DistrictQuestion
from knowledge.retrieval.decide import Hit, Result
from knowledge.understanding import Understood

_LEAD_IN = re.compile(
    r"^\s*(?:(?:achha|acha|are|arey|waise|vaise|ok|theek hai|अच्छा|अरे|वैसे)[, ]+)?"
    r"(?:(?:pehle|pahle|ab|पहले|अब)\s+)?(?:mujhe\s+|मुझे\s+)?(?:(?:ye|yeh|yah|ये|यह)\s+)?"
    r"(?:batao|bataiye|bata\s+do|bata\s+dijiye|बताओ|बताइए|बताइये|बता\s+दो|बता\s+दीजिए)\s+(?:(?:ki|कि)\s+)?"
    r"|^\s*(?:but\s+|ok\s+)?(?:first\s+)(?:please\s+)?tell\s+me\s+",
    re.IGNORECASE,
)
_WEAK, _LIKELY = 0.2, 0.35
_FAILED = "not_understood"
_WITH_TASK = 2  # entries that are offered beside a dialogue


class Question:
    """A message as a question, looked up once however often it is asked about."""

    def __init__(self, tracker: Tracker, likely: bool = False) -> None:
        """`likely`: it is probably about districts."""
        self._tracker, self._likely = tracker, likely

    @cached_property
    def _whole(self) -> Understood:
        whole = context.Part(self._text(), tuple(turn.mentions(self._tracker)))
        found = next(understand_each([whole], self._tracker, self._likely))
        if isinstance(found, DistrictQuestion):
            return found
        summed = own_sum.meant(self._tracker, found)
        return replace(found, zone="answer", hits=(Hit(summed, 1.0),)) if summed else found

    def _text(self) -> str:
        """In a dialogue without "pehle ye batao ki"; spaces stand for it, so that names keep their places."""
        text = turn.text(self._tracker)
        return _LEAD_IN.sub(lambda said: " " * len(said[0]), text) if turn.is_in_task(self._tracker) else text

    def reply(self, dispatcher: CollectingDispatcher, task: str = "") -> list[EventType]:
        """Answer every question of the message, in order; `task`: a dialogue to offer where there is no answer."""
        return [event for one in self.found() for event in _say(dispatcher, self._tracker, one, task)]

    def found(self) -> list[Understood]:
        """What each question of the message is about where all are sure; else the message as a whole."""
        parts = context.parts(turn.text(self._tracker), turn.mentions(self._tracker))
        return (self._each(parts) if len(parts) > 1 else []) or [self._whole]

    def _each(self, parts: list[context.Part]) -> list[Understood]:
        """What each part is about, or nothing: four in five such messages are one question after all, so that the
        whole is read beside the first part."""
        knowledge_base().retriever.read_ahead([self._text(), parts[0].text])
        found = []
        for one in understand_each(parts, self._tracker, self._likely):
            if not _is_sure(one):
                return []
            found.append(one)
        return found if len(set(map(_told, found))) == len(found) else []

    def has_answer(self, alone: bool = False) -> bool:
        """Whether there is a sure one; `alone`: also without what was said before."""
        found = self._whole
        if alone and _is_sure(found):
            part = context.Part(self._text(), tuple(turn.mentions(self._tracker)))
            found = next(understand_each([part], self._tracker, self._likely, alone=True))
        return _is_sure(found) and not (isinstance(found, DistrictQuestion) and found.kind == "own_district")

    def likely(self) -> str | None:
        """The entry that is probably meant: good enough where "I did not understand" is all else that could be said."""
        found = self._whole
        if isinstance(found, DistrictQuestion) or found.zone != "choices" or found.hits[0].probability < _LIKELY:
            return None
        return found.hits[0].entry

    def best(self) -> "Best | None":
        """None where districts are asked about."""
        found = self._whole
        if isinstance(found, DistrictQuestion):
            return None
        if found.zone != "answer":
            return Best(0.0, None, found.zone == "out_of_scope")
        entry = knowledge_base().retriever.library.entries[found.hits[0].entry]
        return Best(found.hits[0].probability, entry.task)


@dataclass(frozen=True)
class Best:
    """The best answer: how sure it is, 0 where there is none, and the dialogue it offers.

    `strange`: there is none because the message seems to be about something else altogether.
    """

    probability: float
    task: str | None
    strange: bool = False


def reply(dispatcher: CollectingDispatcher, tracker: Tracker, likely: bool = False) -> list[EventType]:
    """For whoever asks nothing else about it."""
    return Question(tracker, likely).reply(dispatcher)


def _is_sure(found: Understood) -> bool:
    return isinstance(found, DistrictQuestion) or found.zone == "answer"


def _told(found: Understood) -> object:
    """What would be said; two questions with one answer are answered once, as a whole."""
    return found if isinstance(found, DistrictQuestion) else found.hits[0].entry


def _say(dispatcher: CollectingDispatcher, tracker: Tracker, found: Understood, task: str) -> list[EventType]:
    language = turn.language(tracker)
    if isinstance(found, DistrictQuestion):
        return district_reply.reply(dispatcher, found, language)
    if found.zone == "answer":
        entry = found.hits[0].entry
        again = turn.repeats(tracker, entry, language)
        return own_sum.answer(dispatcher, tracker, entry) or answer(dispatcher, entry, language, again)
    if turn.asked_for_district(tracker):
        dispatcher.utter_message(response="utter_district_unknown")
    elif has("anger", Message(turn.text(tracker))):
        hand_over(dispatcher, tracker, "anger")
    elif task:
        _offer(dispatcher, found.hits[:_WITH_TASK], language, [task_button(task, language)])
    elif found.zone == "out_of_scope" or _both_doubt(tracker, found):
        dispatcher.utter_message(response="utter_out_of_scope")
    elif found.zone == "choices":
        _offer(dispatcher, found.hits, language)
    elif turn.last_outcome(tracker) == _FAILED:
        hand_over(dispatcher, tracker, "failures")
    else:
        dispatcher.utter_message(response="utter_not_understood")
    return []


def _both_doubt(tracker: Tracker, result: Result) -> bool:
    """The classifier takes it for another subject, and retrieval has nothing better than a weak guess."""
    return turn.intent(tracker) == "out_of_scope" and all(h.probability < _WEAK for h in result.hits)


def answer(dispatcher: CollectingDispatcher, entry_id: str, language: str, again: bool = False) -> list[EventType]:
    """`again`: it is what was answered just now."""
    library = knowledge_base().retriever.library
    (say_again if again else say_entry)(dispatcher, library, library.entries[entry_id], language)
    return [SlotSet(slots.ENTRY, entry_id)]


def _offer(
    dispatcher: CollectingDispatcher, hits: tuple[Hit, ...], language: str, first: Sequence[dict[str, str]] = ()
) -> None:
    entries = knowledge_base().retriever.library.entries
    buttons = [*first, *(entry_button(entries[h.entry], language) for h in hits)]
    dispatcher.utter_message(response="utter_choices", buttons=buttons)
