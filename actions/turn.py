"""What an action needs to know of the message it answers."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from rasa_sdk import Tracker

from actions import slots
from actions.sealed import unseal_sender
from actions.settings import Settings
from knowledge.amounts.amount import NUMBER
from knowledge.amounts.find import find
from knowledge.text.mention import DISTRICT, OUTSIDE, Mention
from knowledge.text.reply_language import in_dialogue, reply_language

_NO_ANSWERS = ("action_listen", "action_extract_slots", "action_session_start", "task_form")


def text(tracker: Tracker) -> str:
    return str(tracker.latest_message.get("text") or "")


def intent(tracker: Tracker) -> str:
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def confidence(tracker: Tracker) -> float:
    """Of the intent, from 0 to 1."""
    return float((tracker.latest_message.get("intent") or {}).get("confidence") or 0)


def entity(tracker: Tracker, kind: str) -> str | None:
    """The first value of that kind in the message."""
    value = next(tracker.get_latest_entity_values(kind), None)
    return None if value is None else str(value)


def language(tracker: Tracker) -> str:
    """The language to reply in; the bot's own sentences follow the same rule."""
    detected = [data.get("language") for data in reversed(_parsed(tracker))]
    preferred = tracker.get_slot(slots.PREFERRED_LANGUAGE)
    now = reply_language(preferred, detected, typed(tracker)[::-1])
    task = tracker.get_slot(slots.TASK) if is_in_task(tracker) else None
    return now if preferred or not task else in_dialogue(now, task.get("language"), text(tracker))


def typed(tracker: Tracker) -> list[str]:
    """What the user wrote or said so far, taps left out."""
    return [str(data.get("text") or "") for data in _parsed(tracker) if data.get("intent_ranking")]


def text_before(tracker: Tracker, seconds: float) -> str:
    """The message before this one, if it was written and not tapped, and not longer ago."""
    users = [event for event in tracker.events if event.get("event") == "user"]
    if len(users) < 2 or (users[-1].get("timestamp") or 0) - (users[-2].get("timestamp") or 0) > seconds:
        return ""
    parsed = users[-2].get("parse_data") or {}
    return str(parsed.get("text") or "") if parsed.get("intent_ranking") else ""


def _parsed(tracker: Tracker) -> list[dict[str, Any]]:
    """What the bot made of each message so far."""
    return [event.get("parse_data") or {} for event in tracker.events if event.get("event") == "user"]


def mentions(tracker: Tracker) -> list[Mention]:
    """Names the bot's gazetteer found in the message."""
    return [
        Mention(e["entity"], str(e["value"]), e["start"], e["end"], e.get("confidence_entity") or 1.0)
        for e in tracker.latest_message.get("entities") or []
        if "start" in e
    ]


def last_district(tracker: Tracker) -> str | None:
    """The district named last, if the newest message that named a place named only that one."""
    users = [event for event in tracker.events if event.get("event") == "user"]
    for event in reversed(users):
        entities = (event.get("parse_data") or {}).get("entities") or []
        found = {(e["entity"], e["value"]) for e in entities if e["entity"] in (DISTRICT, OUTSIDE)}
        if found:
            kind, place = found.pop()
            return str(place) if kind == DISTRICT and not found else None
    return None


def asked_for_district(tracker: Tracker) -> bool:
    """Whether the form that asks for the user's district is waiting for it."""
    return (tracker.active_loop or {}).get("name") == "district_form"


def is_in_task(tracker: Tracker) -> bool:
    """Whether a dialogue goes on, or is held for a correction."""
    return (tracker.active_loop or {}).get("name") == "task_form"


def is_tap(tracker: Tracker) -> bool:
    """Whether the message is a button, whose text is a payload and not words."""
    return ":" in text(tracker) and not tracker.latest_message.get("intent_ranking")


def is_answered(tracker: Tracker) -> bool:
    """Whether something else has been done in this turn: Rasa then only goes on with a form."""
    return any(
        event.get("event") == "action_execution_rejected"
        or (event.get("event") == "action" and event.get("name") not in _NO_ANSWERS)
        for event in _of_this_turn(tracker)
    )


def has_set(tracker: Tracker, slot: str) -> bool:
    """Whether an action has set the slot in this turn."""
    return any(e.get("event") == "slot" and e.get("name") == slot for e in _of_this_turn(tracker))


def _of_this_turn(tracker: Tracker) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = tracker.events
    return events[_newest_message(tracker) + 1 :]


def _before_this_turn(tracker: Tracker) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = tracker.events
    return events[: _newest_message(tracker)]


def _newest_message(tracker: Tracker) -> int:
    """Its place among the events; behind the last where there is none, so that nothing is of this turn."""
    places = (place for place, event in enumerate(reversed(tracker.events), 1) if event.get("event") == "user")
    back = next(places, 0)
    return len(tracker.events) - back


def chosen(tracker: Tracker) -> str:
    """The payload of the button whose number the message is; empty when there is none."""
    offered = list(_offered(tracker))
    place = (_number(tracker) or 0) - 1
    return offered[place] if 0 <= place < len(offered) else ""


def _number(tracker: Tracker) -> int | None:
    """A message that is nothing but a number, in digits or, as on the phone, in a word."""
    digits = entity(tracker, "number") or ""
    if digits.isdigit():
        return int(digits)
    found = find(text(tracker), date.today()) if len(text(tracker).split()) == 1 else []
    return int(found[0].low) if len(found) == 1 and found[0].kind == NUMBER else None


def entry_offered(tracker: Tracker) -> str:
    """The likeliest of the answers that the turn before this one offered; empty where it did not ask what is meant."""
    return next(of_kind("entry", _offered(tracker)), "") if last_outcome(tracker) == "choices_offered" else ""


def of_kind(wanted: str, payloads: Iterable[str]) -> Iterator[str]:
    """What the buttons of that kind choose, as "agra" of "district:agra"; others are left out."""
    for payload in payloads:
        kind, _, name = payload.partition(":")
        if kind == wanted:
            yield name


def _offered(tracker: Tracker) -> Iterator[str]:
    """Payloads of the buttons of the turn before this one, in the order the channels number them."""
    events = [e for e in tracker.events if e.get("event") in ("user", "bot")]
    users = [i for i, e in enumerate(events) if e["event"] == "user"]
    for event in events[users[-2] if len(users) > 1 else 0 :]:
        for button in (event.get("data") or {}).get("buttons") or []:
            yield str(button.get("payload"))


def slot_before(tracker: Tracker, slot: str) -> Any:
    """What the slot held before this turn: Rasa fills some by itself from what the message names."""
    earlier = reversed(_before_this_turn(tracker))
    return next((e.get("value") for e in earlier if e.get("event") == "slot" and e.get("name") == slot), None)


def last_outcome(tracker: Tracker) -> str | None:
    """How the turn before this one ended."""
    return next((str(said["outcome"]) for said in _said_before(tracker) if said.get("outcome")), None)


def repeats(tracker: Tracker, entry: str, language: str) -> bool:
    """Whether the reply before said just that, to other words; the same words may not have been heard."""
    last: dict[str, Any] = next(_said_before(tracker), {})
    users = [parsed.get("text") for parsed in _parsed(tracker)[-2:]]
    return (last.get("entry"), last.get("language")) == (entry, language) and len(set(users)) > 1


def _said_before(tracker: Tracker) -> Iterator[dict[str, Any]]:
    """What came with the replies before this turn, the last one first."""
    replies = (e.get("data") or {} for e in reversed(_before_this_turn(tracker)) if e.get("event") == "bot")
    return (data.get("custom") or {} for data in replies)


def verified_sender(tracker: Tracker) -> str | None:
    """The mobile number the provider vouches for; on the web nobody does."""
    sealed = (tracker.latest_message.get("metadata") or {}).get("sealed_sender")
    return unseal_sender(sealed, Settings().bot_token.get_secret_value())
