"""The dialogue a conversation is in, as it is kept in the slot `task`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker

from actions import slots, turn
from actions.dialogue.message import Message
from actions.dialogue.state import State, restore
from actions.dialogue.task import Occasion, Task
from actions.eligibility_check.task import EligibilityTask
from actions.letters.task import LetterTask
from actions.rejection.task import RejectionTask
from actions.status.task import status_task

FORM = "task_form"
INDIA = ZoneInfo("Asia/Kolkata")
_KEPT = timedelta(hours=12)  # what was told is forgotten after a night

_ALL: tuple[Task, ...] = (EligibilityTask(), status_task(), RejectionTask(), LetterTask())
TASKS: Mapping[str, Task] = {task.kind: task for task in _ALL}
BY_INTENT: Mapping[str, Task] = {task.intent: task for task in TASKS.values()}


@dataclass(frozen=True)
class Held:
    """A dialogue, going on or over; `note`: what was just understood, said with the next question."""

    task: Task
    state: State
    over: bool = False
    note: str = ""

    def dump(self) -> dict[str, Any]:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return {**self.state.dump(), "over": self.over, "note": self.note, "at": at}

    def with_state(self, state: State, note: str = "") -> "Held":
        return replace(self, state=state, note=note)


def held(tracker: Tracker) -> Held | None:
    """The dialogue of this conversation, unless it is of yesterday."""
    stored = tracker.get_slot(slots.TASK)
    if not isinstance(stored, dict) or stored.get("kind") not in TASKS or _is_old(stored):
        return None
    task = TASKS[stored["kind"]]
    return Held(task, restore(stored, task.fields()), bool(stored.get("over")), str(stored.get("note") or ""))


def _is_old(stored: Mapping[str, Any]) -> bool:
    at = stored.get("at")
    return not at or datetime.now(UTC) - datetime.fromisoformat(at) > _KEPT


def is_active(tracker: Tracker) -> bool:
    return bool((tracker.active_loop or {}).get("name") == FORM)


def today() -> date:
    return datetime.now(INDIA).date()


def occasion(tracker: Tracker) -> Occasion:
    return Occasion(
        today=today(),
        language=turn.language(tracker),
        channel=str(tracker.get_latest_input_channel() or "web"),
        session=str(tracker.sender_id),
        sender=turn.verified_sender(tracker),
    )


def message(tracker: Tracker) -> Message:
    """What was said, tapped or given as a lone number."""
    tapped = turn.entity(tracker, "answer") if turn.is_tap(tracker) else None
    number = turn.entity(tracker, "number") or ""
    return Message(turn.text(tracker), tuple(turn.mentions(tracker)), tapped, int(number) if number.isdigit() else None)
