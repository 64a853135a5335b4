"""What Rasa takes up of a conversation in each turn: as much as is looked at, so that a long one costs little more.

Rasa has every state since the start compared with the rules, several times a turn, and sends all that was said and
found to the action server. Figures: benchmarks/README.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker

STATES = 12  # more than the longest rule has, see tests/bot/test_recent.py
_OF_CUSTOM = ("outcome", "entry", "language")
_OF_OTHERS = ("event", "name", "value", "timestamp")

_APPLIED = "applied_events_so_far"

_rasas_call = RemoteAction._action_call_format
_rasas_applied = DialogueStateTracker.applied_events


def install() -> None:
    """For the serving process."""
    DialogueStateTracker.applied_events = applied_events
    DialogueStateTracker.generate_all_prior_trackers = prior_trackers
    RemoteAction._action_call_format = action_call


def applied_events(self: DialogueStateTracker) -> list[Event]:
    """Those that count, worked out once for as long as none is added; Rasa asks several times in between."""
    count, applied = self.__dict__.get(_APPLIED, (-1, []))
    if count != len(self.events):
        applied = _rasas_applied(self)
        setattr(self, _APPLIED, (len(self.events), applied))
    return list(applied)


def prior_trackers(self: DialogueStateTracker) -> Iterator[tuple[DialogueStateTracker, bool]]:
    """The tracker as it was before each of the last actions, and as it is; with whether a rule hides that turn."""
    events = self.applied_events()
    left = sum(isinstance(event, ActionExecuted) for event in events)
    tracker = self.init_copy()
    for event in events:
        if isinstance(event, ActionExecuted):
            if left < STATES:
                yield tracker, event.hide_rule_turn
            left -= 1
        tracker.update(event)
    yield tracker, False


def action_call(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """What the action server is sent; of what was said before, only what actions/turn.py reads."""
    call = _rasas_call(self, tracker, domain)
    events = call["tracker"]["events"]
    call["tracker"]["events"] = [_short(event) for event in events if event["event"] != "user_featurization"]
    return call


def _short(event: dict[str, Any]) -> dict[str, Any]:
    if event["event"] == "user":
        return {**event, "parse_data": _of_parsing(event["parse_data"])}
    if event["event"] == "bot":
        return {"event": "bot", "data": _of_reply(event["data"])}
    return {name: event[name] for name in _OF_OTHERS if name in event}


def _of_parsing(parsed: dict[str, Any]) -> dict[str, Any]:
    """Of the ranking it only matters whether there is one: a button has none."""
    kept = {name: value for name, value in parsed.items() if name != "text_tokens"}
    return {**kept, "intent_ranking": parsed.get("intent_ranking", [])[:1]}


def _of_reply(data: dict[str, Any]) -> dict[str, Any]:
    custom = data.get("custom") or {}
    return {"buttons": data.get("buttons"), "custom": {name: custom.get(name) for name in _OF_CUSTOM}}
