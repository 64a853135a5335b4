"""The dialogue: one question, the mobile number; where the sender is vouched for, none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from actions.applications import mobile, number
from actions.callback.words import load
from actions.desk_time import DeskTime
from actions.dialogue.field import Field, OwnReading
from actions.dialogue.message import Message, Phrases
from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.dialogue.task import Occasion, Task
from actions.eligibility.kinds import Value

_MOBILE = "mobile"
_NOT_A_MOBILE = Said("utter_callback_not_mobile", outcome="question_asked")


class CallbackTask(Task):
    """`desk_time` tells when people of the helpline sit; None: they never do, and nobody would phone."""

    kind = "callback"

    def __init__(self, desk_time: Callable[[str], DeskTime | None]) -> None:
        self._desk_time = desk_time

    def fields(self) -> Mapping[str, Field]:
        words = load().field
        return {_MOBILE: Field(_MOBILE, OwnReading(read_mobile), words.question, words.why)}

    def opening(self) -> Said:
        """The wish is passed on before the number is known: whoever stops here is still to be answered."""
        return replace(super().opening(), call_back="")

    def begin(self, state: State, occasion: Occasion) -> tuple[State, Sequence[Said]]:
        own = mobile.read(occasion.sender or "")
        if self._desk_time(occasion.language) is None:
            return state.refuse(_MOBILE), ()
        return (state.tell(_MOBILE, own.digits) if own else state), ()

    def read(self, state: State, message: Message) -> Mapping[str, Value]:
        found = number.read_mobile(message.text)
        return {_MOBILE: found.digits} if found else {}

    def next(self, state: State, today: date) -> str | None:
        return None if _MOBILE in state.told or _MOBILE in state.refused else _MOBILE

    def forget(self, state: State) -> State:
        """A number is personal: once it is passed on, it does not stay."""
        return State(self.kind, refused=frozenset({_MOBILE}))

    def finish(self, state: State, occasion: Occasion) -> Sequence[Said]:
        time = self._desk_time(occasion.language)
        if time is None:
            return (Said("utter_talk_to_person", {"opening": ""}, outcome="handed_over"),)
        if _MOBILE not in state.told:
            return (Said("utter_callback_without"),)
        digits = str(state.told[_MOBILE])
        values = {**time.values, "mobile": f"{digits[:5]} {digits[5:]}"}
        key = "utter_callback_kept" if time.is_open else "utter_callback_kept_later"
        return (Said(key, values, call_back=digits),)


def read_mobile(text: str) -> str | Said | None:
    found = number.read_mobile(text)
    if found is not None:
        return found.digits
    return _NOT_A_MOBILE if number.read(text).kind != "nothing" else None


@lru_cache(maxsize=1)
def _wishes() -> Phrases:
    return Phrases(load().wishes)


@lru_cache(maxsize=1)
def _person() -> Phrases:
    return Phrases(load().person)


def asks_for_person(text: str) -> bool:
    """Whether somebody to talk to is asked for in so many words."""
    return _person().are_in(Message(text))


def asks_for_call(text: str) -> bool:
    """Whether a message names a mobile number and wants to be phoned."""
    return number.read_mobile(text) is not None and _wishes().are_in(Message(text))


def wants_call(text: str) -> bool:
    """Whether somebody who wants a person wants to be phoned, or names a mobile number."""
    return number.read_mobile(text) is not None or _wishes().are_in(Message(text))
