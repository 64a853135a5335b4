"""What a turn was about, for the helpline's figures: the district its message names and the dialogue it belongs to.

It goes with the replies to the gateway, which counts it and shows it to nobody.
"""

from collections.abc import Mapping
from typing import Any

from actions import slots
from actions.tasks import FORM
from knowledge.text.mention import DISTRICT


def tell(call: Mapping[str, Any], result: dict[str, Any]) -> None:
    """Adds it to what an action says; an action that says nothing leaves it to the next one."""
    tracker = call.get("tracker") or {}
    told = {"district": _district(tracker), "task": _task(tracker, result.get("events") or [])}
    known = {name: value for name, value in told.items() if value}
    for reply in result.get("responses") or ():
        if known:
            reply["custom"] = {**known, **(reply.get("custom") or {})}


def _district(tracker: Mapping[str, Any]) -> str | None:
    """Where the message names one and no second."""
    found = (tracker.get("latest_message") or {}).get("entities") or []
    named = {str(each.get("value")) for each in found if each.get("entity") == DISTRICT}
    return named.pop() if len(named) == 1 else None


def _task(tracker: Mapping[str, Any], events: list[Any]) -> str | None:
    """The one this action has changed, or else the one that goes on."""
    changed = [each.get("value") for each in events if each.get("event") == "slot" and each.get("name") == slots.TASK]
    goes_on = (tracker.get("active_loop") or {}).get("name") == FORM
    held = changed[-1] if changed else (tracker.get("slots") or {}).get(slots.TASK) if goes_on else None
    return str(held["kind"]) if isinstance(held, dict) and held.get("kind") else None
