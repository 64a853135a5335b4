"""Who writes too much on WhatsApp or SMS is told so once, whichever process it is that answers."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fake_carrier import FakeCarrier
from helpline_line import Line
from sqlalchemy import Connection, insert, select
from still_clock import NOON

from channels.delivery.counted import REFUSED, cap
from channels.store.database import Database
from channels.store.tables import ContactRow, InboundRow

ME, OTHER = "whatsapp:+919800000001", "whatsapp:+919800000002"


@pytest.fixture
def connection(address: str) -> Iterator[Connection]:
    """With two people, of whom the second has just written very much."""
    database = Database(address, 5)
    with database.writing() as opened:
        for number in (1, 2):
            person = {"id": number, "key": str(number), "channel": "sms", "sealed_address": "", "ours": "us"}
            person |= {"state": "active", "last_inbound_at": NOON, "created_at": NOON}
            opened.execute(insert(ContactRow).values(person))
        for _ in range(20):
            came(opened, 0, contact_id=2)
        yield opened
    database.close()


def came(connection: Connection, seconds: float, outcome: str | None = "answered", contact_id: int = 1) -> str:
    """A message so long after noon; what `cap` says of it, at a most of 3 a minute and 5 a day."""
    values: dict[str, Any] = {"contact_id": contact_id, "is_told": False, "state": "answered", "replays": 0}
    count = len(connection.execute(select(InboundRow.id)).all())
    values |= {"provider_id": f"SM{count}", "received_at": NOON + timedelta(seconds=seconds), "outcome": outcome}
    connection.execute(insert(InboundRow).values(values))
    row = connection.execute(select(InboundRow.__table__).order_by(InboundRow.id.desc()).limit(1)).one()
    said = cap(connection, row, 3, 5)
    if said != "go":
        connection.execute(InboundRow.__table__.update().where(InboundRow.id == row.id).values(outcome=REFUSED))
    return said


def test_the_first_message_too_many_in_a_minute_is_known_and_those_that_follow(connection: Connection) -> None:
    said = [came(connection, second) for second in (0, 10, 20, 30, 40)]
    assert said == ["go", "go", "go", "first", "over"]
    assert came(connection, 61) == "go"
    assert came(connection, 62) == "first"


def test_a_day_has_its_own_limit(connection: Connection) -> None:
    said = [came(connection, 120 * count) for count in range(7)]
    assert said == ["go"] * 5 + ["first", "over"]
    assert came(connection, 24 * 3600 + 1) == "go"


def test_what_waited_for_an_answer_is_counted_by_when_it_came(connection: Connection) -> None:
    assert [came(connection, 61 * count, outcome=None) for count in range(4)] == ["go"] * 4


async def test_another_process_goes_on_counting_and_nobody_else_is_refused(opened: Any, carrier: FakeCarrier) -> None:
    for name in ("one", "two"):
        async with opened(gateway_name=name, messages_a_minute=3) as line:
            for word in "ab":
                await line.write(f"{name} {word}", ME)
            await line.write(f"{name} other", OTHER)
            await line.quiet()
    assert carrier.texts(OTHER) == ["re one other", "re two other"]
    answered, told = carrier.texts(ME)[:3], carrier.texts(ME)[3:]
    assert answered == ["re one a", "re one b", "re two a"]
    assert len(told) == 1 and "re " not in told[0][:3]
    assert line.rows("SELECT outcome FROM inbound ORDER BY id")[-2:] in ([("too_many",), ("answered",)],)


async def test_pictures_and_texts_that_are_too_long_cost_no_answers_without_end(
    opened: Any, carrier: FakeCarrier
) -> None:
    async with opened(messages_a_minute=1) as line:
        await line.write("hello", ME)
        for number in range(2):
            await line.write("x" * 1500, ME)
            await picture(line, number)
        await line.quiet()
    assert len(carrier.texts(ME)) == 2


async def test_who_writes_too_much_can_still_stop_and_be_erased(opened: Any, carrier: FakeCarrier) -> None:
    async with opened(messages_a_minute=1) as line:
        for words in ("hello", "hello", "hello", "delete my data"):
            await line.write(words, ME)
        await line.until(lambda: line.value("SELECT count(*) FROM contacts") == 0)
    assert len(carrier.texts(ME)) == 3


async def picture(line: Line, number: int) -> None:
    media = {"MediaUrl0": f"https://media.example/{number}", "MediaContentType0": "image/jpeg"}
    await line.write("", ME, **({"NumMedia": "1"} | media))
