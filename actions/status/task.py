"""The dialogue: which application, by number or from a list; a code where the sender is not vouched for; its stage."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from actions.applications import number, sentences, service
from actions.applications.directory import Application
from actions.applications.disclosure import Answer, Disclosure, Outcome
from actions.applications.errors import ApplicationsError
from actions.applications.settings import load_settings
from actions.dialogue.field import Field, OwnReading
from actions.dialogue.message import Message, Phrases
from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.dialogue.task import Occasion, Task
from actions.eligibility.kinds import Value
from actions.status import readings, refused
from actions.status.shown import MOST_LISTED, several, shown, stage_of, step_of
from actions.status.words import load

log = logging.getLogger(__name__)
Step = tuple[State, Sequence[Said]]
_BARE = Phrases((
    "status", "स्टेटस", "application status", "form status", "mera status", "my status", "status batao", "status dikhao",
    "mera status batao na", "status batao na", "status dekhna hai", "status dekhni hai", "form ka status",
    "application ka status", "avedan ka status", "avedan ki sthiti", "mere avedan ki sthiti", "आवेदन की स्थिति",
    "avedan ki sthiti dekhni hai", "आवेदन की स्थिति देखनी है",
))  # fmt: skip
_LEAST_LETTERS, _LEAST_DIGITS = 2, 6
_WHICH, _NUMBER, _CODE = "which", "number", "code"


class StatusTask(Task):
    """`disclosure` opens it when first needed: the database may be down.

    `which` is asked only of a verified sender with several applications, else it is refused from the beginning.
    The code never stays in the state; once all is said nothing does, and all fields are refused.
    """

    kind = "status"
    intent = "check_status"

    def __init__(self, disclosure: Callable[[], Disclosure], pattern: str = number.PATTERN) -> None:
        self._disclosure = disclosure
        self._pattern = pattern

    def fields(self) -> Mapping[str, Field]:
        asked, where = load().fields, sentences.load().where_number_is
        which, of_number, code = (
            OwnReading(partial(read, pattern=self._pattern))
            for read in (readings.read_which, readings.read_number, readings.read_code)
        )
        return {
            _WHICH: Field(_WHICH, which, asked.which.question, asked.which.why),
            _NUMBER: Field(_NUMBER, of_number, asked.number.question, where),
            _CODE: Field(_CODE, code, asked.code.question, asked.code.why),
        }

    def begin(self, state: State, occasion: Occasion) -> Step:
        try:
            return self._begin(state, occasion)
        except ApplicationsError as error:
            return _unavailable(state, error, occasion)

    def read(self, state: State, message: Message) -> Mapping[str, Value]:
        """A number beside the question: "mere form ODOP/MM/26/001234 ka kya hua"."""
        found = readings.read_number(message.text, self._pattern)
        return {_NUMBER: found} if isinstance(found, str) else {}

    def forget(self, state: State) -> State:
        """A number is personal: once all is said, only the stage stays."""
        return State(self.kind, state.topic)

    def next_step(self, state: State, occasion: Occasion) -> Sequence[Said]:
        """That of the stage shown last."""
        return (step_of(state.topic, occasion.language, occasion.today),) if "." in state.topic else ()

    def next(self, state: State, today: date) -> str | None:
        if _NUMBER in state.told:
            return None if _CODE in state.refused else _CODE
        return next((name for name in (_WHICH, _NUMBER) if name not in state.refused), None)

    def told(self, state: State, name: str, occasion: Occasion) -> Step:
        value = str(state.told[name])
        state = state.forget(_CODE)
        try:
            return self._told(state, name, value, occasion)
        except ApplicationsError as error:
            return _unavailable(state, error, occasion)

    def finish(self, state: State, occasion: Occasion) -> Sequence[Said]:
        """Empty where all was said already."""
        if state.refused >= {_WHICH, _NUMBER, _CODE}:
            return ()
        if _NUMBER in state.told:
            return (refused.without_code(occasion.language),)
        return (refused.without_number(occasion.language),)

    def _begin(self, state: State, occasion: Occasion) -> Step:
        disclosure = self._disclosure()
        if occasion.sender is None:
            ready = disclosure.can_send
            return (state.refuse(_WHICH), ()) if ready else _ended(state, refused.cannot_send(occasion.language))
        owned = disclosure.owned_by_verified(occasion.sender)
        if len(owned) == 1:
            return _shown(state, owned[0], occasion)
        return (state, (several(owned, occasion.language),)) if owned else (state.refuse(_WHICH), ())

    def _told(self, state: State, name: str, value: str, occasion: Occasion) -> Step:
        if name == _CODE:
            return self._code(state, value, occasion)
        if name == _WHICH and len(value) == 1:
            return self._chosen(state, int(value), occasion)
        state = replace(state.forget(_WHICH).tell(_NUMBER, value), refused=frozenset({_WHICH}))
        if occasion.sender is None:
            return self._send_code(state, occasion)
        return _answered(state, self._disclosure().to_verified(value, occasion.sender), occasion)

    def _chosen(self, state: State, place: int, occasion: Occasion) -> Step:
        owned = self._disclosure().owned_by_verified(occasion.sender or "")
        if not owned:
            return state.refuse(_WHICH), ()
        if place > min(len(owned), MOST_LISTED):
            return state.forget(_WHICH), (several(owned, occasion.language),)
        return _shown(state, owned[place - 1], occasion)

    def _send_code(self, state: State, occasion: Occasion) -> Step:
        disclosure = self._disclosure()
        answer = disclosure.ask_code(str(state.told[_NUMBER]), occasion.session, occasion.language)
        if answer.outcome == Outcome.CODE_SENT:
            minutes = {"minutes": str(disclosure.limits.minutes)}
            return state, (Said("utter_status_code_sent", minutes, outcome="question_asked"),)
        return _answered(state, answer, occasion)

    def _code(self, state: State, value: str, occasion: Occasion) -> Step:
        if _NUMBER not in state.told:
            return state, ()
        if value == readings.NEW_CODE:
            return self._send_code(state, occasion)
        answer = self._disclosure().give_code(str(state.told[_NUMBER]), occasion.session, value)
        if answer.outcome == Outcome.CODE_WRONG:
            left = {"left": str(answer.tries_left)}
            return state, (Said("utter_status_code_wrong", left, outcome="question_asked"),)
        if answer.outcome in (Outcome.CODE_EXPIRED, Outcome.NO_CODE):
            return state, (Said("utter_status_code_expired", outcome="question_asked"),)
        return _answered(state, answer, occasion)


def wants_status(text: str) -> bool:
    """Whether the state of an application is wanted: its number is named, or the bare word is all that is said.

    Digits alone may be a telephone number or a sum: beside them it must have letters.
    """
    if not any(c.isdecimal() for c in text):
        return _BARE.fill(Message(text), 1)
    found = number.read(text, load_settings().application_number_pattern)
    letters = sum(c.isalpha() for c in found.text)
    return found.kind == "number" and letters >= _LEAST_LETTERS and len(found.text) - letters >= _LEAST_DIGITS


def status_task() -> StatusTask:
    """By this process's settings."""
    return StatusTask(service.disclosure, load_settings().application_number_pattern)


def _answered(state: State, answer: Answer, occasion: Occasion) -> Step:
    if answer.application is not None:
        return _shown(state, answer.application, occasion)
    if answer.outcome == Outcome.CANNOT_SEND:
        return _ended(state, refused.cannot_send(occasion.language))
    return _ended(state, refused.not_shown(answer.outcome, occasion.language))


def _shown(state: State, application: Application, occasion: Occasion) -> Step:
    said = shown(application, occasion.language, occasion.today)
    return _ended(replace(state, topic=stage_of(application)), said)


def _unavailable(state: State, error: ApplicationsError, occasion: Occasion) -> Step:
    log.error("the status of an application cannot be shown: %s", error)  # its words hold nothing personal
    return _ended(state, refused.unavailable(occasion.language))


def _ended(state: State, said: Said) -> Step:
    return state.refuse(_WHICH).refuse(_NUMBER).refuse(_CODE), (said,)
