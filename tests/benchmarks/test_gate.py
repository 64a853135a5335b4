"""The gate: retrieval and the district rules may not fall behind the recorded figures. No servers; half a minute."""

from functools import cache

import pytest

from benchmarks.understanding import messages, recorded
from benchmarks.understanding.offline import Offline, ask_all
from benchmarks.understanding.recorded import Verdicts
from benchmarks.understanding.scores import judge_all


@cache
def verdicts() -> Verdicts:
    return recorded.verdicts(judge_all(ask_all(messages.load(), Offline.load())))


def test_answers_are_no_worse_than_recorded() -> None:
    """One-sided exact McNemar test a language at 1 %: fewer right answers, or more wrong ones, than chance allows."""
    assert recorded.worse(recorded.load(), verdicts()) == []


@pytest.mark.parametrize("code", messages.LANGUAGES)
def test_the_recorded_counts_are_those_of_the_recorded_messages(code: str) -> None:
    record = recorded.load()[code]
    assert record["n"] - record["right"] == len(record["not_right"])
    assert record["wrong"] == sum(verdict == "wrong" for verdict in record["not_right"].values())
