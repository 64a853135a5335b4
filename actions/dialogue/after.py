"""What a message does to a dialogue that is over: it corrects it, supposes something else, or asks what to do.

Most messages then are about something else, so a clear sign is wanted: words of a correction, a fact told otherwise by
its own words, a number with an "if". A bare yes, no or number far from the end is none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from actions.dialogue import quantities
from actions.dialogue.answers import has, is_mostly
from actions.dialogue.hear import Heard, Move, hear
from actions.dialogue.message import Message
from actions.dialogue.state import State
from actions.dialogue.task import Occasion, Task

_KYA = re.compile(
    r"(?<!\w)(?:kya|क्या)(?!\w)", re.IGNORECASE
)  # sounds like "kiya" (done), so it is looked for as written
_LONGEST_PLAIN = 6  # words: "project cost is 2.5 crore" puts right, whatever answer comes near it
_LONGEST_NEWS = 10  # words: in a longer message "ab" and "now" are no sign of news


@dataclass(frozen=True)
class After:
    """`fresh`: the end was said in the turn before. `is_answered`: whether the message has a sure answer."""

    state: State
    task: Task
    occasion: Occasion
    fresh: bool
    is_answered: Callable[[], bool]

    def hear(self, message: Message) -> Heard:
        if message.tapped:
            return hear(self.state, self.task, message, self.occasion)
        if self.fresh and has("told_all", message):
            return Heard(Move.TOLD_ALL, self.state)
        if self.fresh and is_mostly("step", message):
            return Heard(Move.ASKED_STEP, self.state)
        if (message.asks or _KYA.search(message.text)) and self.is_answered():
            return Heard(Move.NOTHING, self.state)
        supposed = self._supposed(message)
        return supposed or self._corrected(message)

    def _supposed(self, message: Message) -> Heard | None:
        """A number beside "if", of what was told."""
        if not self.state.told or not has("what_if", message):
            return None
        kinds = {name: field.kind for name, field in self.task.fields().items()}
        told = dict(quantities.told(message, kinds, self.task.cues(), self.occasion.today))
        told = told or quantities.corrected(message, self.state.told, kinds, self.occasion.today)
        state = self.state
        for name, value in told.items():
            state = state.tell(name, value)
        ends = bool(told) and self.task.next(state, self.occasion.today) is None
        return Heard(Move.SUPPOSED, state, tuple(told)) if ends else None

    def _corrected(self, message: Message) -> Heard:
        sign = has("correction", message) or bool(quantities.denied(message, self.occasion.today))
        news = has("changed", message) and len(message.words) <= _LONGEST_NEWS
        strict, recalled = not sign and (message.asks or not self.fresh), sign or (news and not message.asks)
        heard = hear(self.state, self.task, message, self.occasion, strict, recalled)
        if heard.move is Move.PUT_RIGHT or (heard.move is Move.TOLD and (sign or self.fresh)):
            return heard
        is_plain = not message.asks and len(message.words) <= _LONGEST_PLAIN
        counts = self._is_told_otherwise(heard) and (is_plain or not self.is_answered())
        return heard if counts else Heard(Move.NOTHING, self.state)

    def _is_told_otherwise(self, heard: Heard) -> bool:
        """Whether all that is told was told before, and something of it otherwise."""
        before, now = self.state.told, heard.state.told
        changed = [name for name in heard.names if now.get(name) != before.get(name)]
        return heard.move is Move.TOLD and bool(changed) and all(name in before for name in heard.names)
