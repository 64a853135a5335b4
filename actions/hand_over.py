"""Gives the conversation to a person: why, how urgent, and what the person should know. The gateway keeps it."""

import re
from datetime import datetime
from typing import Any, Literal

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import tasks, turn
from actions.days import written
from actions.dialogue.words import load
from actions.handover_summary import summary
from actions.settings import Settings
from actions.staff_hours import read_hours

Reason = Literal["asked", "failures", "anger", "distress", "not_for_bot"]
_URGENCY: dict[Reason, str] = {"distress": "urgent", "anger": "high"}


class ActionHandOver(Action):
    """A person is asked for."""

    def name(self) -> str:
        return "action_hand_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        hand_over(dispatcher, tracker, "asked")
        return []


class ActionDistress(Action):
    """What can help at once is said first; a person of the helpline is told beside it."""

    def name(self) -> str:
        return "action_distress"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        key = "utter_distress_loan" if turn.entity(tracker, "refused_loan") else "utter_distress"
        dispatcher.utter_message(response=key, json_message={"handover": handover(tracker, "distress")})
        return []


def hand_over(dispatcher: CollectingDispatcher, tracker: Tracker, reason: Reason) -> None:
    """Say why a person is called, and when one will answer."""
    custom = {"handover": handover(tracker, reason), "outcome": "handed_over"}
    key, values = _sentence(turn.language(tracker), datetime.now(tasks.INDIA))
    opening = load()[f"handover_{reason}"][turn.language(tracker)] if reason in _OPENINGS else ""
    dispatcher.utter_message(response=key, json_message=custom, opening=opening, **values)


_OPENINGS = ("failures", "anger", "not_for_bot")


def handover(tracker: Tracker, reason: Reason) -> dict[str, Any]:
    return {"reason": reason, "urgency": _URGENCY.get(reason, "normal"), "summary": summary(tracker, reason)}


def _sentence(language: str, now: datetime) -> tuple[str, dict[str, str]]:
    hours = read_hours(Settings().staff_hours)
    if hours is None:
        return "utter_talk_to_person", {}
    if hours.is_open(now):
        return "utter_handed_over", {"until": _clock(hours.closes.strftime("%H:%M"))}
    opening = hours.next_opening(now)
    return "utter_handed_over_later", {
        "day": written(opening.date(), language),
        "time": _clock(opening.strftime("%H:%M")),
    }


def _clock(time: str) -> str:
    """10:00 -> 10, as people say it."""
    hour, minute = (int(part) for part in time.split(":"))
    return re.sub(r":00$", "", f"{(hour - 1) % 12 + 1}:{minute:02}")
