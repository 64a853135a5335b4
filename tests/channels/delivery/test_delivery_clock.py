"""The clock is put forward or back by a day, and nobody waits for it to catch up."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fake_carrier import FakeCarrier
from helpline_line import SMS, EchoBot, Line
from sqlalchemy import insert, update
from sqlalchemy.orm import DeclarativeBase

from channels.delivery import pace
from channels.store.tables import ContactRow, OutboundRow, PaceRow

DAY = timedelta(days=1)
WHO = "+919800000001"


def change(line: Line, row: type[DeclarativeBase], **values: Any) -> None:
    with line.engine.begin() as connection:
        connection.execute(update(row).values(values))


async def test_a_place_in_time_of_a_clock_that_was_put_back_is_not_waited_for(line: Line, carrier: FakeCarrier) -> None:
    later = datetime.now(UTC) + DAY
    with line.engine.begin() as connection:
        connection.execute(insert(PaceRow).values(sender=SMS, next_at=later, set_at=later))
    await line.write("hello", who=WHO)
    await line.quiet()
    assert carrier.texts() == ["re hello"]


async def test_the_pace_stays_the_same_when_the_clock_is_put_back(line: Line) -> None:
    now = datetime.now(UTC)
    with line.engine.begin() as connection:
        for number in range(3):
            assert pace.reserve(connection, SMS, 1.0, now) == now + timedelta(seconds=number)
        back = now - DAY
        assert pace.reserve(connection, SMS, 1.0, back) == back + timedelta(seconds=3)


async def test_what_was_written_down_under_a_later_clock_is_sent_now(
    opened: Any, line: Line, carrier: FakeCarrier
) -> None:
    carrier.way = lambda message: "refuse"
    await line.write("hello", who=WHO)
    await line.until(lambda: carrier.sends > 2)
    carrier.way = lambda message: "well"
    later = datetime.now(UTC) + DAY
    change(line, OutboundRow, created_at=later, sending_at=later, not_before=later, state="waiting")
    await line.quiet()
    assert carrier.texts() == ["re hello"]


async def test_an_answer_is_sent_though_by_our_clock_whatsapps_window_is_over(
    line: Line, bot: EchoBot, carrier: FakeCarrier
) -> None:
    bot.delay = 0.5
    await line.write("hello")
    await line.until(lambda: len(bot.asked) > 0)
    change(line, ContactRow, last_inbound_at=datetime.now(UTC) - DAY - timedelta(hours=1))
    await line.quiet()
    assert carrier.texts() == ["re hello"]
