"""A long conversation costs little more than a short one, and is understood as Rasa would."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytest.importorskip("rasa")

from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, DefinePrevUserUtteredFeaturization, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot import recent

RANKING = [{"name": "greet", "confidence": 0.9}, {"name": "thank", "confidence": 0.1}]
ENTITY = {"entity": "district", "value": "agra", "start": 0, "end": 4}


def turn(text: str) -> list[Event]:
    parsed = {
        "intent": RANKING[0], "entities": [ENTITY], "intent_ranking": RANKING, "text_tokens": [[0, 4]],
        "language": "en", "text": text,
    }  # fmt: skip
    custom = {"outcome": "answered", "entry": "a", "language": "hi", "speech": "long"}
    said = {"custom": custom, "buttons": [{"title": "a", "payload": "entry:a"}]}
    return [
        ActionExecuted("action_listen"), UserUttered(text, RANKING[0], [ENTITY], parsed),
        DefinePrevUserUtteredFeaturization(False), ActionExecuted("utter_greet"), BotUttered("उत्तर " * 60, said),
    ]  # fmt: skip


def conversation(turns: int) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("a", [event for i in range(turns) for event in turn(f"hello {i}")])


def states(tracker: DialogueStateTracker, trackers: Any) -> list[tuple[Any, ...]]:
    return [(len(t.events), t.latest_action_name, t.latest_message.text, hidden) for t, hidden in trackers(tracker)]


@pytest.mark.parametrize("turns", [0, 1, 5, 6, 7, 40])
def test_rules_see_the_last_states_as_rasa_has_them(turns: int) -> None:
    whole = states(conversation(turns), DialogueStateTracker.generate_all_prior_trackers)
    assert states(conversation(turns), recent.prior_trackers) == whole[-recent.STATES :]


def test_no_rule_is_longer_than_the_states_it_is_compared_with(rules: list[dict[str, Any]]) -> None:
    assert max(len(rule["steps"]) for rule in rules) + 2 <= recent.STATES


def sent(tracker: DialogueStateTracker) -> dict[str, Any]:
    action = RemoteAction("action_answer", EndpointConfig("http://actions", enable_selective_domain=True))
    return recent.action_call(action, tracker, Domain.empty())["tracker"]


def test_the_action_server_learns_what_was_asked_found_and_offered() -> None:
    tracker = sent(conversation(2))
    users = [e["parse_data"] for e in tracker["events"] if e["event"] == "user"]
    assert [each["text"] for each in users] == ["hello 0", "hello 1"]
    assert all(each["entities"] == [ENTITY] and each["intent_ranking"] == RANKING[:1] for each in users)
    replies = [e["data"] for e in tracker["events"] if e["event"] == "bot"]
    assert [each["custom"] for each in replies] == [{"outcome": "answered", "entry": "a", "language": "hi"}] * 2
    assert replies[-1]["buttons"][0]["payload"] == "entry:a"
    assert tracker["latest_message"]["intent_ranking"] == RANKING


def test_a_button_is_still_told_from_words() -> None:
    tapped = {"intent": RANKING[0], "entities": [], "intent_ranking": [], "text": "entry:a"}
    tracker = DialogueStateTracker.from_events("a", [UserUttered("entry:a", RANKING[0], [], tapped)])
    assert sent(tracker)["events"][0]["parse_data"]["intent_ranking"] == []


def test_what_is_sent_leaves_the_tracker_as_it_is_and_is_a_third_as_long() -> None:
    tracker = conversation(5)
    before = json.dumps([event.as_dict() for event in tracker.events])
    assert len(json.dumps(sent(tracker)["events"])) < len(before) / 3
    assert json.dumps([event.as_dict() for event in tracker.events]) == before
