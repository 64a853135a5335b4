"""A message that comes again is answered as before; one that was never answered is not."""

from __future__ import annotations

import asyncio

import pytest

pytest.importorskip("rasa")

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.answered_before import recorded_answer, said_to

BUTTON = {"title": "Haan", "payload": "answer:x.yes"}
EVENTS = [
    UserUttered("35", message_id="in-1"),
    BotUttered("Theek hai", {"custom": {"outcome": "question_asked"}}),
    BotUttered("Kya aap niwasi hain?", {"buttons": [BUTTON]}),
    ActionExecuted("action_listen"),
    UserUttered("haan", message_id="in-2"),
    ActionExecuted("action_listen"),
]


@pytest.fixture
def tracker() -> DialogueStateTracker:
    return DialogueStateTracker.from_events("a", EVENTS)


def test_all_that_was_said_to_a_message_is_given_again(tracker: DialogueStateTracker) -> None:
    said = said_to(tracker, "in-1")
    assert [(one["text"], one.get("buttons"), one.get("custom")) for one in said] == [
        ("Theek hai", None, {"outcome": "question_asked"}),
        ("Kya aap niwasi hain?", [BUTTON], None),
    ]


@pytest.mark.parametrize("message_id", ["in-2", "in-3"])
def test_a_message_without_an_answer_is_to_be_answered(tracker: DialogueStateTracker, message_id: str) -> None:
    assert said_to(tracker, message_id) == []


def test_a_message_that_was_answered_when_it_came_again_is_not_to_be_answered_once_more() -> None:
    again = [UserUttered("haan", message_id="in-2"), BotUttered("Achha")]
    tracker = DialogueStateTracker.from_events("a", EVENTS + again)
    assert [one["text"] for one in said_to(tracker, "in-2")] == ["Achha"]


def test_somebody_unknown_was_never_answered() -> None:
    store = InMemoryTrackerStore(Domain.empty())
    assert asyncio.run(recorded_answer(store, "nobody", "in-1")) == []
