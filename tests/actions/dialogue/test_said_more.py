"""Sentences of invented people in all three dialogues (said_more.yml): what was once misheard, and more like it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.dialogue.hear import hear
from actions.dialogue.message import Message
from actions.dialogue.state import State
from actions.dialogue.task import Occasion
from actions.tasks import TASKS

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "said_more.yml").read_text(encoding="utf-8"))
OCCASION = Occasion(date(2026, 11, 22), "hi-Latn", "web", "session")


@pytest.mark.parametrize(
    "case", [case for case in CASES if "missed" not in case], ids=lambda case: f"{case['kind']}: {case['text']}"
)
def test_a_sentence_tells_these_things_and_no_others(case: dict[str, Any]) -> None:
    message = Message(case["text"])
    state = State(case["kind"], told=case.get("before", {}), asked=case["asked"])
    heard = hear(state, TASKS[case["kind"]], message, OCCASION, strict=message.asks)
    assert dict(heard.state.told) == {**case.get("before", {}), **case["told"]}
