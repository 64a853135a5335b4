"""Who waits longer than usual, or whose message could not be taken, is told so: once, in their language."""

import asyncio
from typing import Any

import pytest
from fake_carrier import FakeCarrier
from helpline_line import EchoBot, Line
from sqlalchemy import insert

from channels.delivery import inbox
from channels.errors import StoreFailure
from channels.store.tables import HandoverRow

LATE = "Aapka sandesh mil gaya hai"
SOON: dict[str, Any] = {"late_after_seconds": 1.6, "turn_again_seconds": (0.2,) * 60}


async def test_who_waits_is_told_once_and_then_answered_in_order(
    opened: Any, bot: EchoBot, carrier: FakeCarrier
) -> None:
    async with opened(**SOON) as line:
        bot.mode = "500"
        for words in ("one", "two", "three"):
            await line.write(words)
        await line.until(lambda: len(carrier.records) > 0)
        await asyncio.sleep(1)  # in which it could be said again
        bot.mode = "well"
        await line.quiet()
    held, *answers = carrier.texts()
    assert held.startswith(LATE) and "We have your message" in held
    assert answers == ["re one", "re two", "re three"]


async def test_also_while_the_bot_only_is_silent(opened: Any, bot: EchoBot, carrier: FakeCarrier) -> None:
    async with opened(**SOON) as line:
        bot.delay = 4
        await line.write("मेरे जिले का उत्पाद क्या है")
        await line.quiet()
    held, answer = carrier.texts()
    assert held.startswith("आपका संदेश मिल गया है") and answer.startswith("re ")


async def test_another_outage_is_told_again(opened: Any, bot: EchoBot, carrier: FakeCarrier) -> None:
    async with opened(**SOON) as line:
        for words in ("one", "two"):
            bot.mode = "500"
            await line.write(words)
            before = len(carrier.records)
            await line.until(lambda before=before: len(carrier.records) > before)
            bot.mode = "well"
            await line.quiet()
    assert [text.split()[0] for text in carrier.texts()] == ["Aapka", "re", "We", "re"]


async def test_who_is_answered_in_time_wants_no_messages_or_talks_with_staff_is_not_told(
    opened: Any, bot: EchoBot, carrier: FakeCarrier
) -> None:
    async with opened(**SOON | {"late_after_seconds": 0.1}) as line:
        await line.write("hello")
        await line.write("STOP", who="+919800000002")
        await line.quiet()
        bot.mode = "500"
        await line.write("anybody there", who="+919800000002")
        await line.write("and me", who="whatsapp:+919800000003")
        await _take_over(line)
        await asyncio.sleep(2.5)
        bot.mode = "well"
    assert not any(text.startswith((LATE, "We have")) for text in carrier.texts())


async def _take_over(line: Line) -> None:
    """A person of the helpline has every conversation."""
    from channels.handovers import current_time

    known = {"channel": "whatsapp", "language": "en", "reason": "asked", "urgency": "normal", "summary": "x"}
    keys = [row[0] for row in line.rows("SELECT key FROM contacts")]
    with line.app.state.handovers.database.writing() as connection:
        for key in keys:
            row = known | {"session_id": f"c{key}", "asked_at": current_time(), "taken_at": current_time()}
            connection.execute(insert(HandoverRow).values(row | {"taken_by": "asha", "staff_at": current_time()}))


@pytest.mark.parametrize(
    ("words", "beginning"), [("मेरे जिले का उत्पाद", "माफ़ कीजिए"), ("loan <b> & kya", "Maaf kijiye"), ("", "माफ़ कीजिए")]
)
async def test_what_cannot_be_taken_at_the_last_try_either_is_told_at_once(
    line: Line, carrier: FakeCarrier, monkeypatch: pytest.MonkeyPatch, words: str, beginning: str
) -> None:
    def away(*_: object) -> None:
        raise StoreFailure("away")

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "record", away)
        assert (await line.write(words, message_sid="SM8")).status_code == 503
        last = await line.write(words, message_sid="SM8", ErrorCode="11200", ErrorUrl="https://odop.example/x")
    assert (last.status_code, last.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert f"<Message>{beginning}" in last.text and "1800-1800-888" in last.text
    assert carrier.texts() == []
    taken = await line.write(words or "hello", message_sid="SM8", ErrorCode="11200", ErrorUrl="https://odop.example/x")
    assert taken.text.endswith("<Response/>")
