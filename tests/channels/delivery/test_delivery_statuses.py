"""What the provider tells of messages afterwards: in any order, repeated, early."""

import itertools
from typing import Any

import pytest
from fake_carrier import FakeCarrier, Record
from helpline_line import Line

from channels.delivery.statuses import risen

RISING = ["accepted", "queued", "sending", "sent", "delivered", "read"]


def test_a_rank_only_rises() -> None:
    for old, new in itertools.combinations(RISING, 2):
        assert (risen(old, new), risen(new, old)) == (new, new)
    assert [risen(None, each) for each in RISING] == RISING
    assert (risen("sent", "failed"), risen("failed", "delivered"), risen("delivered", "failed")) == (
        "failed", "failed", "delivered",
    )  # fmt: skip
    assert risen("sent", "nonsense") == "sent"


async def sent(line: Line, carrier: FakeCarrier, words: str = "hello") -> Record:
    await line.write(words)
    await line.quiet()
    return carrier.records[-1]


async def test_statuses_in_any_order_and_repeated_end_at_the_highest(line: Line, carrier: FakeCarrier) -> None:
    record = await sent(line, carrier)
    for status in ("delivered", "sent", "read", "queued", "delivered", "read"):
        assert (await line.tell(record.reference, record.id, status)).is_success
    assert line.rows("SELECT state, status FROM outbound") == [("sent", "read")]


async def test_a_status_that_comes_before_the_providers_own_answer_settles_the_message(
    line: Line, carrier: FakeCarrier
) -> None:
    """The answer never comes: without the status the provider would have to be asked."""

    def tell_and_fall_silent(message: dict[str, Any]) -> str:
        tasks.append(line.tell(message["reference"], "SM1", "delivered"))
        return "silent_but_accepted"

    tasks: list[Any] = []
    carrier.way = tell_and_fall_silent
    await line.write("hello")
    await line.until(lambda: bool(tasks))
    await tasks.pop()
    await line.quiet()
    assert line.rows("SELECT state, status, provider_id, attempts FROM outbound") == [("sent", "delivered", "SM1", 1)]
    assert (carrier.asked, len(carrier.records)) == (0, 1)


async def test_a_status_brings_a_dead_letter_to_life(line: Line, carrier: FakeCarrier) -> None:
    carrier.way, carrier.cannot_say = (lambda message: "silent_but_accepted"), True
    await line.write("hello")
    await line.quiet()
    (record,) = carrier.records
    assert line.value("SELECT state FROM outbound") == "dead"
    await line.tell(record.reference, record.id, "delivered")
    assert line.rows("SELECT state, status FROM outbound") == [("sent", "delivered")]


@pytest.mark.parametrize(
    ("code", "state", "contact"),
    [("21610", "failed", "opted_out"), ("30005", "failed", "active"), ("99999", "dead", "active")],
)
async def test_a_failure_has_its_consequence(
    line: Line, carrier: FakeCarrier, code: str, state: str, contact: str
) -> None:
    record = await sent(line, carrier)
    for _ in range(2):
        await line.tell(record.reference, record.id, "undelivered", code)
    assert line.rows("SELECT state, error_code FROM outbound") == [(state, code)]
    assert line.value("SELECT state FROM contacts") == contact


async def test_what_failed_for_the_moment_only_goes_once_more_under_a_new_reference(
    line: Line, carrier: FakeCarrier
) -> None:
    record = await sent(line, carrier)
    for _ in range(3):
        await line.tell(record.reference, record.id, "failed", "63018")
    rows = line.rows("SELECT state, reference FROM outbound ORDER BY id")
    assert [row[0] for row in rows] == ["failed", "waiting"]
    assert rows[1][1] != record.reference


async def test_a_status_of_a_message_we_do_not_know_is_taken_and_changes_nothing(
    line: Line, carrier: FakeCarrier
) -> None:
    record = await sent(line, carrier)
    for reference, message_sid in (("nobody", "SM1"), (record.reference, "SMother"), ("", "SM1")):
        assert (await line.tell(reference, message_sid, "read")).is_success
    assert line.value("SELECT status FROM outbound") == "queued"


async def test_a_window_that_is_closed_leaves_nothing_or_the_template(opened: Any, carrier: FakeCarrier) -> None:
    carrier.way = lambda message: "well" if message["template"] else "window"
    async with opened() as line:
        await line.write("hello")
        await line.quiet()
        assert line.rows("SELECT state, error_code FROM outbound") == [("failed", "63016")]
    async with opened(window_template_sid="HX1") as line:
        await line.write("hello again")
        await line.quiet()
    assert [record.template for record in carrier.records] == ["HX1"]
