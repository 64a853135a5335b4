"""What we change in Rasa while it serves: same results, less work."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("rasa")

import numpy as np
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.tracker_store import SQLTrackerStore
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from scipy.sparse import csr_matrix

from bot import computed_once, lean
from bot.components.intent import IntentClassifier
from bot.tracker_store import TURNS, PlainSqlTrackerStore

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"events": [{"event": "slot", "name": "x", "value": 1, "timestamp": None}], "responses": [{"text": "a"}]}


def outcome(check: Any, result: dict[str, Any]) -> bool:
    try:
        return bool(check(RemoteAction("action_x", None), result))
    except ValidationError:
        return False


@pytest.mark.parametrize("result", [GOOD, {}, {"events": [{"event": "slot"}]}, {"responses": "text"}, {"events": 1}])
def test_the_compiled_check_says_what_rasas_says(result: dict[str, Any]) -> None:
    rasas = RemoteAction.__dict__["_validate_action_result"]
    assert outcome(computed_once._validate_action_result, result) == outcome(rasas, result)


class Runner:
    """As much of Rasa's runner as computed_once._run uses."""

    class Node:
        def __init__(self, *needs: str) -> None:
            self.needs = {f"input{i}": need for i, need in enumerate(needs)}

    def __init__(self) -> None:
        self.nodes = {"c": self.Node("b", "a"), "a": self.Node("__message__"), "b": self.Node("a")}
        self._graph_schema = self
        self.target_names = ["c"]
        self._instantiated_nodes = {name: self._node(name) for name in self.nodes}

    def minimal_graph_schema(self, targets: list[str]) -> Runner:
        return self

    @staticmethod
    def _node(name: str) -> Any:
        return lambda *inputs: (name, f"{name}({','.join(value for _, value in inputs)})")


def test_the_graph_runs_in_order_each_time() -> None:
    runner = Runner()
    for text in ("x", "y"):
        assert computed_once._run(runner, {"__message__": text}) == {"c": f"c(b(a({text})),a({text}))"}


def conversation() -> list[Event]:
    said = {"intent": {"name": "greet", "confidence": 1.0}, "entities": [], "language": "hi"}
    return [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen"),
            UserUttered("नमस्ते", said["intent"], [], said), ActionExecuted("utter_greet")]  # fmt: skip


@pytest.fixture()
def stores(tmp_path: Path) -> tuple[PlainSqlTrackerStore, SQLTrackerStore]:
    domain, url = Domain.empty(), f"sqlite:///{tmp_path}/tracker.db"
    return PlainSqlTrackerStore(domain=domain, host=url), SQLTrackerStore(domain=domain, host=url)


def test_both_stores_read_what_either_wrote(stores: tuple[PlainSqlTrackerStore, SQLTrackerStore]) -> None:
    async def play() -> None:
        ours, rasas = stores
        for writer, sender in ((ours, "a"), (rasas, "b")):
            await writer.save(DialogueStateTracker.from_events(sender, conversation()))
            for reader in stores:
                read = await reader.retrieve(sender)
                # The session begins with its start, not with the action that started it.
                assert read is not None and list(read.events) == conversation()[1:]

    asyncio.run(play())


def test_each_event_is_stored_once_over_turns_and_sessions(stores: tuple) -> None:
    async def play() -> None:
        ours, rasas = stores
        tracker = await ours.get_or_create_tracker("a", append_action_listen=False)
        for event in conversation():
            tracker.update(event)
        await ours.save(tracker)
        await ours.save(tracker)
        again = await ours.retrieve("a")
        again.update(SessionStarted())
        again.update(ActionExecuted("action_listen"))
        await ours.save(again)
        whole, session = await rasas.retrieve_full_tracker("a"), await ours.retrieve("a")
        assert len(whole.events) == len(conversation()) + 2
        assert [e.type_name for e in session.events] == ["session_started", "action"]
        assert await ours.retrieve("someone-else") is None

    asyncio.run(play())


def test_a_long_conversation_is_read_from_its_last_turns_with_every_slot_that_was_set(stores: tuple) -> None:
    async def play() -> None:
        ours = stores[0]
        tracker = await ours.get_or_create_tracker("a", append_action_listen=False)
        for i in range(100):
            said = {"intent": {"name": "greet"}, "entities": [], "text": f"{i}"}
            turn = [ActionExecuted("action_listen"), UserUttered(f"{i}", said["intent"], [], said), SlotSet(f"s{i}", i)]
            for event in [*([SessionStarted()] if i == 0 else []), *turn]:
                tracker.update(event)
        await ours.save(tracker)
        read = await ours.retrieve("a")
        texts = [event.text for event in read.events if isinstance(event, UserUttered)]
        assert texts == [f"{i}" for i in range(100 - TURNS, 100)]
        assert [event.key for event in read.events if isinstance(event, SlotSet)] == [f"s{i}" for i in range(100)]
        read.update(ActionExecuted("utter_greet"))
        await ours.save(read)
        whole = await ours.session("a")
        assert len(whole.events) == 302 and whole.events[-1].action_name == "utter_greet"

    asyncio.run(play())


def test_what_is_said_after_the_clock_was_put_back_belongs_to_the_session(stores: tuple) -> None:
    async def play() -> None:
        ours, now = stores[0], time.time()
        tracker = await ours.get_or_create_tracker("a", append_action_listen=False)
        for event in conversation():
            event.timestamp = now + (86400 if isinstance(event, SessionStarted) else 0)
            tracker.update(event)
        await ours.save(tracker)
        assert list((await ours.retrieve("a")).events) == conversation()[1:]

    asyncio.run(play())


NOT_NEEDED = ("tensorflow", "skops", "matplotlib", "boto3", "aiogram", "slack_sdk", "prompt_toolkit", "pytest")


def test_serving_loads_nothing_that_only_training_or_another_channel_needs() -> None:
    code = (
        "import sys; from bot import lean; lean.install()\n"
        "import rasa.core.run, bot.components.features, bot.components.intent, rasa.core.policies.rule_policy\n"
        "import rasa.graph_components.validators.default_recipe_validator\n"
        f"assert not (loaded := [name for name in {NOT_NEEDED} if sys.modules.get(name)]), loaded"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("module", lean.UNUSED)
def test_what_is_left_out_has_the_names_that_rasa_imports(module: str) -> None:
    if "tensorflow" not in module:  # takes several seconds to import
        assert all(hasattr(importlib.import_module(module), name) for name in lean.UNUSED[module])


def test_a_models_domain_is_read_as_rasa_reads_it() -> None:
    text = (ROOT / "domain.yml").read_text()
    assert computed_once._domain_of_model(Domain, text).as_dict() == Domain.from_yaml(text).as_dict()


def test_the_intent_classifier_knows_after_reading_what_it_had_learnt(tmp_path: Path) -> None:
    storage, resource, context = LocalModelStorage(tmp_path), Resource("intents"), ExecutionContext(None, node_name="x")
    config = IntentClassifier.get_default_config()
    learning = IntentClassifier.create(config, storage, resource, context)
    rows = csr_matrix(np.eye(6))
    learning.clf.fit(rows, np.array(["greet", "नमस्ते", "deny"] * 2, dtype=object))
    learning.persist()
    reading = IntentClassifier.load(config, storage, resource, context)
    assert list(reading.clf.classes_) == list(learning.clf.classes_)
    assert np.array_equal(reading.clf.predict_proba(rows), learning.clf.predict_proba(rows))


def test_serving_without_a_token_stops_with_one_sentence() -> None:
    done = subprocess.run([sys.executable, "-m", "bot", "run"], cwd=ROOT, capture_output=True, text=True, env={})
    assert done.returncode != 0
    assert done.stderr.strip() == "Set BOT_TOKEN: the gateway and the bot must share it."
