"""A little of `python -m benchmarks fuzz` on every run: the same inputs each time."""

from collections.abc import Iterator

import pytest

from benchmarks.fuzz import running
from benchmarks.fuzz.command import every_entrance
from benchmarks.fuzz.entrance import Entrance

INPUTS = 12


@pytest.fixture(scope="module")
def entrances() -> Iterator[list[Entrance]]:
    with every_entrance() as found:
        yield found


def test_nothing_hostile_breaks_an_entrance(entrances: list[Entrance], subtests: pytest.Subtests) -> None:
    for place, entrance in enumerate(entrances):
        with subtests.test(entrance.name):
            result = running.run(entrance, INPUTS, place)
            assert not result.broken, result.broken[0]
