"""What people volunteer, answer and correct, in sentences of invented people (said_cases.yml)."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.dialogue.hear import hear
from actions.dialogue.message import Message
from actions.dialogue.state import State
from actions.dialogue.task import Occasion
from actions.eligibility.facts import FOLLOWS, KINDS
from actions.eligibility_check.task import EligibilityTask

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "said_cases.yml").read_text(encoding="utf-8"))
OCCASION = Occasion(date(2026, 11, 22), "hi-Latn", "web", "session")


def heard(case: dict[str, Any]) -> dict[str, Any]:
    """What is told after the message, of the engine's facts: a product is no fact before its district is known."""
    message = Message(case["text"])
    state = State("eligibility", told=case.get("before", {}), asked=case["asked"])
    told = hear(state, EligibilityTask(), message, OCCASION, strict=message.asks).state.told
    return concluded({name: value for name, value in told.items() if name in KINDS})


def wanted(case: dict[str, Any]) -> dict[str, Any]:
    return concluded({**case.get("before", {}), **case["told"]})


def concluded(told: Mapping[str, Any]) -> dict[str, Any]:
    """Whose day is told, that has happened."""
    return {**told, **{name: value for day, (name, value) in FOLLOWS.items() if day in told}}


@pytest.mark.parametrize("case", [c for c in CASES if "missed" not in c], ids=lambda case: case["text"])
def test_a_sentence_tells_these_facts_and_no_others(case: dict[str, Any]) -> None:
    assert heard(case) == wanted(case)


def test_few_sentences_are_known_to_be_misread_and_each_says_why() -> None:
    missed = [case for case in CASES if "missed" in case]
    assert len(missed) <= len(CASES) / 20
    assert all(heard(case) != wanted(case) for case in missed), "one is read now: take its mark away"


def test_a_question_alone_tells_nothing() -> None:
    questions = [case for case in CASES if not case["told"] and case["asked"] is None]
    assert len(questions) >= 15
