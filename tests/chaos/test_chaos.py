"""A minute of `make chaos`: the cluster profile, with one copy of each, under load while things fail.

Few faults, so that it is short: one of each kind that costs little time to recover from, in an order that the seed
decides. Which promises hold within which time is for `make chaos` to say; here only what must always hold.
"""

from pathlib import Path

import pytest

from benchmarks.chaos.plan import Plan
from benchmarks.chaos.results import broken
from benchmarks.chaos.run import Result, run
from benchmarks.places import BOT_PYTHON, TRAINED

FAULTS = (
    "gateway killed", "actions killed", "delivery killed", "balancer killed", "PostgreSQL killed", "Redis stopped",
    "provider is silent and yet accepts", "clock 5 minutes back",
)  # fmt: skip


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    for needed in (BOT_PYTHON, TRAINED):
        if not Path(needed).exists():
            pytest.fail(f"Not built: {needed}. `make train` builds it.", pytrace=False)
    plan = Plan(minutes=0.75, seed=7, phones=5, visitors=3, rate=2.0, copies=1, only=FAULTS, own_disk=False)
    return run(plan, tmp_path_factory.mktemp("chaos"))


def test_nothing_is_lost_repeated_or_out_of_order(result: Result) -> None:
    found = result.found
    assert (found.lost, found.repeated, found.out_of_order, found.strange) == (0, 0, 0, [])
    assert found.sent > 30


def test_everybody_was_told_something_in_the_end(result: Result) -> None:
    assert [said.question.text for said in result.said if said.words_at is None] == []


def test_each_fault_was_over_by_itself(result: Result) -> None:
    assert len(result.happened) > 2
    assert [each.name for each in result.happened if each.well is None] == []


def test_a_broken_promise_is_told(result: Result) -> None:
    """So that an end without one means something."""
    result.found.lost += 1
    assert "1 lost" in broken(result)
    result.found.lost -= 1
