"""The word lists of dialogues and the sentences that try them hold together."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.eligibility.facts import KINDS, Facts
from actions.eligibility.kinds import Choice, YesNo
from knowledge.text.normalise import fold
from knowledge.text.skeleton import skeleton

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
INTENTS = {
    "check_eligibility": "eligibility",
    "check_status": "status",
    "guide_rejection": "rejection",
    "write_letter": "letter",
}
SAID = yaml.safe_load((ROOT / "actions/eligibility/said.yml").read_text())
ANSWERS = yaml.safe_load((ROOT / "actions/dialogue/answers.yml").read_text())
CASES = yaml.safe_load((HERE / "said_cases.yml").read_text())
STARTS = yaml.safe_load((HERE / "starts.yml").read_text())


def sound(text: str) -> str:
    return skeleton(fold(text))


def options(fact: str) -> set[Any]:
    kind = KINDS[fact]
    return {"yes", "no"} if isinstance(kind, YesNo) else set(kind.options) if isinstance(kind, Choice) else {"near"}


@pytest.mark.parametrize("fact", SAID)
def test_a_fact_is_told_by_words_for_its_own_values(fact: str) -> None:
    told = {value: said for value, said in SAID[fact].items() if value not in ("short", "alone")}
    short = {**SAID[fact].get("short", {}), **SAID[fact].get("alone", {})}
    assert {value for value in told if not isinstance(value, int)} <= options(fact)
    assert all(KINDS[fact].fault(value) is None for value in told if isinstance(value, int))
    assert set(short) <= options(fact) - {"near"} or all(KINDS[fact].fault(value) is None for value in short)


def test_no_words_tell_two_values_of_one_fact() -> None:
    for fact, values in SAID.items():
        heard = Counter(
            phrase
            for value, said in values.items()
            if value not in ("short", "alone")
            for phrase in set(map(sound, said))
        )
        # Under both yes and no a phrase leaves the fact open: "pati ne toolkit li" tells nothing of one's own kit.
        left_open = set(map(sound, values.get("yes", ()))) & set(map(sound, values.get("no", ())))
        assert not [phrase for phrase, told in heard.items() if told > 1 and phrase not in left_open], fact


def test_no_words_give_two_kinds_of_answer() -> None:
    kinds = ["yes", "no", "unknown", "refuse", "why", "correction", "leave", "again", "anger"]
    for lists in (ANSWERS, ANSWERS["alone"]):
        heard = Counter(phrase for kind in kinds for phrase in set(map(sound, lists[kind])))
        assert not [phrase for phrase, given in heard.items() if given > 1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_what_a_sentence_tells_can_be_true_of_a_person(case: dict[str, Any]) -> None:
    assert case["asked"] is None or case["asked"] in KINDS
    Facts.of(case["told"])


def test_messages_that_start_a_dialogue_are_not_its_training() -> None:
    trained = {
        sound(line[2:])
        for name in INTENTS.values()
        for block in yaml.safe_load((ROOT / f"bot/nlu/{name}.yml").read_text())["nlu"]
        for line in block["examples"].splitlines()
    }
    assert not [start["text"] for start in STARTS if sound(start["text"]) in trained]
    assert {start["intent"] for start in STARTS} == {*INTENTS, "ask"}
