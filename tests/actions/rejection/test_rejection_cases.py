"""One person, one day, one next step: the cases of `cases/*.yml`, each named by a sentence."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.dialogue.state import State
from actions.rejection.advice import STEPS, Advice, advise
from actions.rejection.case import case_of
from actions.rejection.fields import KINDS
from actions.rejection.questions import next_field

TODAY = date(2026, 11, 21)
FILES = sorted((Path(__file__).parent / "cases").glob("*.yml"))
CASES: list[dict[str, Any]] = [c for f in FILES for c in yaml.safe_load(f.read_text(encoding="utf-8"))]
GIVEN = {"name", "told", "refused", "next"}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_the_next_step_is(case: dict[str, Any]) -> None:
    expected = Advice(**{key: value for key, value in case.items() if key not in GIVEN})
    assert advise(case_of(case["told"], TODAY), TODAY) == expected


@pytest.mark.parametrize("case", [c for c in CASES if "next" in c], ids=lambda c: c["name"])
def test_the_next_question_is(case: dict[str, Any]) -> None:
    state = State("rejection", told=case["told"], refused=frozenset(case.get("refused", ())))
    assert next_field(state, TODAY) == case["next"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_case_tells_only_what_a_field_can_hold(case: dict[str, Any]) -> None:
    assert not set(case["told"]) & set(case.get("refused", ()))
    assert {n: KINDS[n].fault(v) for n, v in case["told"].items()} == dict.fromkeys(case["told"])


def test_every_step_has_its_case_and_no_two_cases_one_name() -> None:
    assert {c["step"] for c in CASES} == set(STEPS)
    assert len({c["name"] for c in CASES}) == len(CASES)
