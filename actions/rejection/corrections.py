"""What was told last counts: what contradicts it is taken back, and a day that cannot be is asked again."""

from datetime import date

from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.rejection.case import NOT_TOLD
from actions.rejection.steps import say_day

_HANGS_ON = {"complained": ("complained_on", "bank_replied", "replied_on"), "bank_replied": ("replied_on",)}
_SHOWS = {"complained_on": "complained", "replied_on": "bank_replied", "bank_replied": "complained"}


def agreed(state: State, name: str) -> State:
    """Without what `name`, told just now, contradicts."""
    value = state.told[name]
    if value is False:
        for lost in _HANGS_ON.get(name, ()):
            state = state.forget(lost)
        return state
    if name == "reason_written" and state.told.get("reason") == NOT_TOLD:
        return state.forget("reason")
    if name == "reason" and value == NOT_TOLD:
        return state.forget("reason_written")
    return _shown(state, name)


def _shown(state: State, name: str) -> State:
    """A reply shows that there was a complaint, even where one was denied before."""
    while name in _SHOWS:
        name = _SHOWS[name]
        state = state.tell(name, True)
    return state


def possible(state: State, name: str, today: date, language: str) -> tuple[State, list[Said]]:
    """Without a day that lies ahead, or a reply older than the complaint; with the reason said."""
    day = state.told[name]
    if isinstance(day, date) and day > today:
        return state.forget(name), [say_day("day_ahead", day, language)]
    given, reply = state.told.get("complained_on"), state.told.get("replied_on")
    if isinstance(given, date) and isinstance(reply, date) and reply < given:
        return state.forget("replied_on"), [say_day("reply_too_early", reply, language)]
    return state, []
