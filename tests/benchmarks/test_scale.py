"""The simulation of a crowd: what must hold whatever the costs are."""

import random

import pytest

from benchmarks.scale.arrivals import Arrival, arrivals, evenly, notice
from benchmarks.scale.line import PARTS, Line, Machines

COSTS = dict.fromkeys(PARTS, 10.0) | {"varies": 0.5}
TURN = sum(COSTS[part] for part in PARTS) / 1000  # seconds


def line(cores: int, pace: float = 1000.0) -> Line:
    return Line(COSTS, Machines(cores, pace=pace), random.Random(1))


def test_one_message_alone_waits_for_its_own_work_only() -> None:
    waited = line(2).run([Arrival(1.0, 0)])
    assert 0 < waited.acknowledged[0] < waited.replied[0] < 4 * TURN


def test_a_person_gets_the_answers_in_the_order_of_their_messages() -> None:
    came = [Arrival(0.02 * number, number % 3) for number in range(60)]
    waited = line(2).run(came)
    for who in range(3):
        ends = [each.at + took for each, took in zip(came, waited.replied, strict=True) if each.who == who]
        assert ends == sorted(ends)


def test_with_half_the_cores_in_use_hardly_anybody_waits_and_with_too_few_the_line_grows() -> None:
    came = arrivals(evenly(60 * 20), 60, 2.5, random.Random(2))  # 20 a second, 50 ms each: one core is just too few
    assert line(2).run(came).longest < 40
    assert line(1).run(came).longest > line(2).run(came).longest


def test_replies_leave_at_the_pace_of_the_provider() -> None:
    came = [Arrival(0.0, number) for number in range(20)]
    assert line(4, pace=2.0).run(came).seconds == pytest.approx(10, abs=0.8)


def test_a_notice_brings_as_many_messages_as_it_says() -> None:
    came = arrivals(notice(2000, 3600), 3600, 2.5, random.Random(3))
    assert len(came) == pytest.approx(2000, rel=0.1)
    assert sum(each.at < 900 for each in came) > len(came) / 2
