"""The dialogue a conversation is in, as it is kept in the slot `task`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker

from actions import slots, turn
from actions.callback.task import CallbackTask
from actions.desk_time import DeskTime, desk_time
from actions.dialogue.field import Day, Field, FreeText, Named, OwnReading, Rupees, Whole
from actions.dialogue.message import Message
from actions.dialogue.state import State, restore
from actions.dialogue.task import Occasion, Task
from actions.eligibility_check.task import EligibilityTask
from actions.letters.task import LetterTask
from actions.rejection.task import RejectionTask
from actions.status.task import status_task

FORM = "task_form"
INDIA = ZoneInfo("Asia/Kolkata")
_SENTENCE = 4  # words
_KEPT = timedelta(hours=12)  # what was told is forgotten after a night


def _desk_time_now(language: str) -> DeskTime | None:
    return desk_time(language, datetime.now(INDIA))


_ALL: tuple[Task, ...] = (EligibilityTask(), status_task(), RejectionTask(), LetterTask(), CallbackTask(_desk_time_now))
TASKS: Mapping[str, Task] = {task.kind: task for task in _ALL}
BY_INTENT: Mapping[str, Task] = {task.intent: task for task in TASKS.values() if task.intent}


@dataclass(frozen=True)
class Held:
    """A dialogue, going on or over; `note`: what was just understood, said with the next question.

    `fresh`: it is over since the last turn, so that a message is more likely about it.
    `language` is kept: names, numbers and dates, which answers are made of, tell none.
    """

    task: Task
    state: State
    over: bool = False
    note: str = ""
    language: str = ""
    fresh: bool = False

    @property
    def asked(self) -> Field | None:
        """What was asked last."""
        return self.task.fields().get(self.state.asked or "")

    def dump(self) -> dict[str, Any]:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        kept = {"over": self.over, "fresh": self.fresh, "note": self.note, "language": self.language}
        return {**self.state.dump(), **kept, "at": at}

    def with_state(self, state: State, note: str = "") -> "Held":
        return replace(self, state=state, note=note)


def held(tracker: Tracker) -> Held | None:
    """The dialogue of this conversation, unless it is of yesterday."""
    stored = tracker.get_slot(slots.TASK)
    if not isinstance(stored, dict) or stored.get("kind") not in TASKS or _is_old(stored):
        return None
    task = TASKS[stored["kind"]]
    kept = {name: str(stored.get(name) or "") for name in ("note", "language")}
    over, fresh = (bool(stored.get(name)) for name in ("over", "fresh"))
    return Held(task, restore(stored, task.fields()), over, fresh=fresh, **kept)


def _is_old(stored: Mapping[str, Any]) -> bool:
    at = stored.get("at")
    return not at or datetime.now(UTC) - datetime.fromisoformat(at) > _KEPT


def is_active(tracker: Tracker) -> bool:
    """Whether a dialogue goes on; one that is over only waits for a correction."""
    before = held(tracker)
    return (tracker.active_loop or {}).get("name") == FORM and before is not None and not before.over


def today() -> date:
    return datetime.now(INDIA).date()


def occasion(tracker: Tracker) -> Occasion:
    return Occasion(
        today=today(),
        language=_language(tracker),
        channel=str(tracker.get_latest_input_channel() or "web"),
        session=str(tracker.sender_id),
        sender=turn.verified_sender(tracker),
    )


def _language(tracker: Tracker) -> str:
    """That of the message where it is a sentence and no name is asked for; else that of the dialogue."""
    now, before = turn.language(tracker), held(tracker)
    if before is None or not before.language or tracker.get_slot(slots.PREFERRED_LANGUAGE):
        return now
    is_name = before.asked is not None and isinstance(before.asked.kind, FreeText | Named | OwnReading)
    is_sentence = len(turn.text(tracker).split()) >= _SENTENCE
    return now if is_sentence and not is_name else before.language


def message(tracker: Tracker) -> Message:
    """What was said, tapped or given as a lone number, which may stand for a button."""
    tapped = turn.entity(tracker, "answer") if turn.is_tap(tracker) else None
    kind, _, value = turn.chosen(tracker).partition(":")
    tapped = value if kind == "answer" and not counts(tracker) else tapped
    number = turn.entity(tracker, "number") or ""
    return Message(turn.text(tracker), tuple(turn.mentions(tracker)), tapped, int(number) if number.isdigit() else None)


def counts(tracker: Tracker) -> bool:
    """Whether a number is asked for, so that "1" is one and no button."""
    before = held(tracker)
    asked = before.asked if before and not before.over else None
    return asked is not None and isinstance(asked.kind, Whole | Rupees | Day | OwnReading)
