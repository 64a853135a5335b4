"""The table of calls, on both databases, with two processes at one call."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from still_clock import Clock

from channels.phone.record import LONGEST_CALL, Ending, Record
from channels.phone.screen import CallState, Said, Screen
from channels.store.database import Database
from channels.store.tables import CallRow

SECRET = "a secret of these tests"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records(address: str, clock: Clock) -> Iterator[list[Record]]:
    databases = [Database(address, seconds=5) for _ in range(2)]
    yield [Record(database, SECRET, clock) for database in databases]
    for database in databases:
        database.close()


def state(step: int, text: str = "नमस्ते") -> CallState:
    screen = Screen(says=[Said(text=text, language="hi")], then="question")
    return CallState(session_id="v1", step=step, screens={step: screen}, turns=step, outcomes={"answered": step})


def test_what_one_process_wrote_another_reads(records: list[Record]) -> None:
    records[0].save("a", state(1), 0)
    assert records[1].load("a") == state(1) and records[1].load("b") is None


def test_of_two_who_take_the_same_step_the_first_counts_for_both(records: list[Record]) -> None:
    records[0].save("a", state(1), 0)
    assert records[0].save("a", state(2, "पहला"), 1) == state(2, "पहला")
    assert records[1].save("a", state(2, "दूसरा"), 1) == state(2, "पहला")


def test_the_end_keeps_the_numbers_and_removes_the_state(records: list[Record], clock: Clock) -> None:
    records[0].save("a", state(1), 0)
    records[0].save("a", state(2), 1)
    assert records[1].end("a", Ending("completed", 60)) == state(2)
    assert records[0].end("a", Ending("failed", 1)) is None and records[0].load("a") is None
    row = only(records[0])
    assert (row.turns, row.outcomes, row.seconds, row.status) == (2, {"answered": 2}, 60, "completed")
    assert row.started_at == row.ended_at == clock()


def test_what_is_known_of_a_call_whose_end_was_never_told_goes_with_a_later_call(
    records: list[Record], clock: Clock
) -> None:
    records[0].save("a", state(1), 0)
    clock.now += LONGEST_CALL / 2
    records[0].save("b", state(1), 0)
    assert records[0].load("a")
    clock.now += LONGEST_CALL * 1.1
    records[0].save("c", state(1), 0)
    assert records[0].load("a") is None and records[0].load("b") is None and records[0].load("c")


def only(record: Record) -> CallRow:
    with record._database.reading() as connection:
        (row,) = connection.execute(select(CallRow.__table__)).all()
    return row  # type: ignore[return-value]
