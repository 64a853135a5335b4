"""What came of the messages is counted rightly, and the tables say it."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from benchmarks.delivery import command
from benchmarks.delivery.counts import Fates, answered, fates, waits
from benchmarks.delivery.measuring import Found
from benchmarks.delivery.plan import Plan
from benchmarks.delivery.results import Results

WANTED = {"a": ["re 0", "re 1", "re 2"], "b": ["re 0"]}


def test_a_persons_first_reply_answers_their_first_message() -> None:
    written, accepted = {"a": [1.0, 2.0], "b": [1.5]}, {"a": [1.25, 2.5], "b": [2.0]}
    assert waits(written, accepted) == [250.0, 500.0, 500.0]


def test_what_has_no_reply_yet_has_no_time_and_is_not_answered() -> None:
    written = {"a": [1.0, 2.0], "b": [1.5]}
    assert waits(written, {"a": [1.25]}) == [250.0]
    assert answered(written, {"a": [1.25]}) == 1


def test_more_replies_than_messages_count_no_message_twice() -> None:
    assert answered({"a": [1.0]}, {"a": [1.1, 1.2], "stranger": [1.0]}) == 1


@pytest.mark.parametrize(
    ("got", "found"),
    [
        ({"a": ["re 0", "re 1", "re 2"], "b": ["re 0"]}, Fates()),
        ({"a": ["re 0", "re 2"]}, Fates(lost=2)),
        ({"a": ["re 0", "re 1", "re 1", "re 2"], "b": ["re 0"]}, Fates(repeated=1)),
        ({"a": ["re 1", "re 0", "re 2"], "b": ["re 0"]}, Fates(out_of_order=1)),
        ({"a": ["re 0", "re 1", "re 2", "re 0"], "b": ["re 0"]}, Fates(repeated=1)),
        ({"a": ["re 0", "re 1", "re 2"], "b": ["re 0"], "c": ["re 0"]}, Fates(repeated=1)),
    ],
)
def test_lost_repeated_and_out_of_order_are_told_apart(got: dict[str, list[str]], found: Fates) -> None:
    assert fates(WANTED, got) == found


def test_every_step_that_is_shown_is_counted() -> None:
    assert Plan(repetitions=3, databases=("sqlite",), bots=("fake",), faults=0).steps == 12
    assert Plan(repetitions=1).steps == 2 * (4 + 2)


def test_options_make_a_plan() -> None:
    parser = ArgumentParser()
    command.options(parser)
    assert command.plan_of(parser.parse_args([])) == Plan()
    plan = command.plan_of(parser.parse_args(["--database", "sqlite", "--bot", "both", "--rate", "10", "--for", "2"]))
    assert (plan.databases, plan.bots, plan.at_rate) == (("sqlite",), ("fake", "real"), 20)


def test_the_tables_show_the_spread_of_the_repetitions_and_the_faults(folder: Path) -> None:
    results = Results(Plan(repetitions=2))
    for per_second in (30.0, 50.0):
        results.add("sqlite", "fake", Found([10.0, 20.0], [100.0], per_second, {"gateway": 12.0}, 0))
    results.add_fates("sqlite", Fates(repeated=1), 61.0)
    results.write()
    written = (folder / "delivery.md").read_text()
    assert "40.0 (30.0–50.0)" in written
    assert "| sqlite                | " in written and "| 1 |" in " ".join(written.split())
    assert json.loads((folder / "delivery.json").read_text())["faults"]["sqlite"][0]["repeated"] == 1
