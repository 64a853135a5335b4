"""Gives the conversation to a person: why, how urgent, and what the person should know. The gateway keeps it."""

from datetime import datetime
from typing import Any, Literal

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import tasks, turn
from actions.desk_time import desk_time
from actions.dialogue.words import load
from actions.handover_summary import summary
from actions.sealed import seal_call_back
from actions.settings import Settings

Reason = Literal["asked", "call_back", "failures", "anger", "distress", "not_for_bot"]
_URGENCY: dict[Reason, str] = {"distress": "urgent", "anger": "high"}


def hand_over(dispatcher: CollectingDispatcher, tracker: Tracker, reason: Reason) -> None:
    """Say why a person is called, and when one will answer."""
    custom = {"handover": handover(tracker, reason), "outcome": "handed_over"}
    key, values = _sentence(turn.language(tracker), datetime.now(tasks.INDIA))
    opening = load()[f"handover_{reason}"][turn.language(tracker)] if reason in _OPENINGS else ""
    dispatcher.utter_message(response=key, json_message=custom, opening=opening, **values)


_OPENINGS = ("failures", "anger", "not_for_bot")


def handover(tracker: Tracker, reason: Reason) -> dict[str, Any]:
    return {"reason": reason, "urgency": _URGENCY.get(reason, "normal"), "summary": summary(tracker, reason)}


def call_back(tracker: Tracker, number: str) -> dict[str, Any]:
    """A wish to be phoned: the number, where it is known, only the gateway can read."""
    sealed = seal_call_back(number, Settings().bot_token.get_secret_value()) if number else None
    return {**handover(tracker, "call_back"), "call_back": sealed}


def _sentence(language: str, now: datetime) -> tuple[str, dict[str, str]]:
    time = desk_time(language, now)
    if time is None:
        return "utter_talk_to_person", {}
    return ("utter_handed_over" if time.is_open else "utter_handed_over_later"), dict(time.values)
