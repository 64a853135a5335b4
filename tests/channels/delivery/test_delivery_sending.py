"""How messages leave: in order, paced, tried again where that is safe, and never twice where it is not."""

import asyncio
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from fake_carrier import FakeCarrier
from helpline_line import Line

ONE, TWO = "whatsapp:+919800000001", "whatsapp:+919800000002"


def first(times: int, way: str) -> Callable[[dict[str, Any]], str]:
    """The first sends go this way, all later ones well."""
    count = itertools.count()
    return lambda message: way if next(count) < times else "well"


async def outcome(line: Line) -> tuple[str, str | None, int]:
    await line.quiet()
    (row,) = line.rows("SELECT state, error_code, attempts FROM outbound")
    return tuple(row)


@pytest.mark.parametrize("way", ["refuse", "slow_down"])
async def test_what_was_surely_not_sent_is_tried_again(line: Line, carrier: FakeCarrier, way: str) -> None:
    carrier.way = first(2, way)
    await line.write("hello")
    assert await outcome(line) == ("sent", None, 3)
    assert carrier.texts() == ["re hello"]


@pytest.mark.parametrize("way", ["silent_but_accepted", "broken_but_accepted"])
async def test_a_send_of_unknown_fate_that_arrived_is_not_repeated(line: Line, carrier: FakeCarrier, way: str) -> None:
    carrier.way = first(1, way)
    await line.write("hello")
    assert await outcome(line) == ("sent", None, 1)
    assert (carrier.texts(), carrier.asked) == (["re hello"], 1)


async def test_a_send_of_unknown_fate_that_did_not_arrive_is_repeated_after_asking_twice(
    line: Line, carrier: FakeCarrier
) -> None:
    carrier.way = first(1, "silent")
    await line.write("hello")
    assert await outcome(line) == ("sent", None, 2)
    assert (carrier.texts(), carrier.asked) == (["re hello"], 2)


async def test_a_turn_taken_up_again_does_not_overtake_what_still_waits(line: Line, carrier: FakeCarrier) -> None:
    """As after a crash between the answer's transaction and the record of the step."""
    carrier.way = first(6, "refuse")
    await line.write("one")
    await line.write("two")
    await line.until(lambda: line.value("SELECT count(*) FROM outbound") == 2)
    waiting = [row[0] for row in line.rows("SELECT id FROM outbound ORDER BY id")]
    second = line.value("SELECT max(id) FROM inbound")
    again = await line.app.state.delivery.answer(second, False)
    assert (again["messages"], carrier.texts()) == (waiting, [])
    await line.quiet()
    assert carrier.texts() == ["re one", "re two"]


async def test_a_send_of_which_nobody_can_say_is_left_for_a_person(line: Line, carrier: FakeCarrier) -> None:
    carrier.way, carrier.cannot_say = first(1, "silent_but_accepted"), True
    await line.write("hello")
    assert await outcome(line) == ("dead", "unknown_fate", 1)
    await line.write("are you there?")
    await line.quiet()
    assert carrier.texts() == ["re hello", "re are you there?"]


async def test_the_same_words_sent_before_are_not_taken_for_this_message(line: Line, carrier: FakeCarrier) -> None:
    await line.write("hello")
    await line.quiet()
    carrier.way = first(1, "silent")
    await line.write("hello")
    await line.quiet()
    assert carrier.texts() == ["re hello", "re hello"]


@pytest.mark.parametrize(("way", "state", "code"), [("bad_address", "failed", "21211"), ("give_up", "dead", "20003")])
async def test_what_is_refused_for_good_is_not_tried_again(
    line: Line, carrier: FakeCarrier, way: str, state: str, code: str
) -> None:
    carrier.way = first(1, way)
    await line.write("hello")
    assert await outcome(line) == (state, code, 1)
    await line.write("again")
    await line.quiet()
    assert carrier.texts() == ["re again"]


async def test_who_has_stopped_messages_with_the_provider_gets_no_more(line: Line, carrier: FakeCarrier) -> None:
    carrier.way = first(1, "opted_out")
    await line.write("hello")
    assert await outcome(line) == ("failed", "21610", 1)
    await line.write("hello?")
    await line.quiet()
    assert (carrier.texts(), line.value("SELECT state FROM contacts")) == ([], "opted_out")


async def test_what_stays_refused_is_left_for_a_person(line: Line, carrier: FakeCarrier) -> None:
    carrier.way = lambda message: "refuse"
    await line.write("hello")
    assert await outcome(line) == ("dead", "connect", 7)


async def test_a_provider_that_was_away_gets_all_in_order(line: Line, carrier: FakeCarrier) -> None:
    is_away = True
    carrier.way = lambda message: "refuse" if is_away else "well"
    for number in range(5):
        for who in (ONE, TWO):
            await line.write(str(number), who=who)
    await line.until(lambda: carrier.sends >= 4)
    assert carrier.records == []
    is_away = False
    await line.quiet()
    for who in (ONE, TWO):
        assert carrier.texts(who) == [f"re {number}" for number in range(5)]


async def test_one_contacts_messages_are_answered_in_order_and_others_beside_them(
    line: Line, carrier: FakeCarrier
) -> None:
    """The first of ONE is held up; TWO does not wait for it, the others of ONE do."""
    held = first(3, "refuse")
    carrier.way = lambda message: held(message) if message["to"] == ONE else "well"
    for number in range(4):
        await line.write(str(number), who=ONE)
        await line.write(str(number), who=TWO)
    await line.until(lambda: len(carrier.texts(TWO)) == 4)
    await line.quiet()
    for who in (ONE, TWO):
        assert carrier.texts(who) == ["re 0", "re 1", "re 2", "re 3"]


async def test_a_number_sends_no_faster_than_its_rate(opened: Any, carrier: FakeCarrier, address: str) -> None:
    async with opened(address, send_rate_sms=20) as line:
        await asyncio.gather(*(line.write("hi", who=f"+9198000000{i:02}") for i in range(12)))
        await line.quiet()
        seconds = "(julianday(max(sending_at)) - julianday(min(sending_at))) * 86400"
        if not address.startswith("sqlite"):
            seconds = "EXTRACT(EPOCH FROM max(sending_at) - min(sending_at))"
        took = line.value(f"SELECT {seconds} FROM outbound")
    assert len(carrier.records) == 12
    assert float(took) >= 11 / 20 - 0.002


async def test_a_bot_that_is_away_for_a_moment_costs_no_answer(line: Line, carrier: FakeCarrier) -> None:
    line.bot.mode = "500"
    await line.write("hello")
    await line.until(lambda: len(line.bot.asked) >= 2)
    line.bot.mode = "well"
    await line.quiet()
    assert carrier.texts() == ["re hello"]
    assert len({message["message_id"] for message in line.bot.asked}) == 1


async def test_a_bot_that_stays_away_is_apologised_for_once(line: Line, carrier: FakeCarrier) -> None:
    line.bot.mode = "500"
    await line.write("नमस्ते")
    await line.quiet()
    (text,) = carrier.texts()
    assert "1800-1800-888" in text
    assert line.value("SELECT outcome FROM inbound") == "unavailable"


async def test_something_unforeseen_in_a_turn_does_not_stop_the_next(
    line: Line, carrier: FakeCarrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    from channels.turns import Turns

    run = Turns.run

    async def broken(self: Turns, message: Any, **more: Any) -> Any:
        if message.text == "boom":
            raise RuntimeError("9876543210")
        return await run(self, message, **more)

    monkeypatch.setattr(Turns, "run", broken)
    await line.write("boom")
    await line.write("hello")
    await line.quiet()
    assert carrier.texts() == ["re hello"]
    assert [tuple(row) for row in line.rows("SELECT state FROM inbound ORDER BY id")] == [("dead",), ("answered",)]


async def test_a_long_answer_goes_out_in_its_parts_and_order(line: Line, carrier: FakeCarrier) -> None:
    long = " ".join(f"Sentence {number} of a long answer." for number in range(150))
    line.bot.replies = [{"text": long, "language": "en", "outcome": "answered"}]
    carrier.way = first(1, "refuse")
    await line.write("tell me all")
    await line.quiet()
    assert len(carrier.records) > 2
    assert " ".join(carrier.texts()) == long


async def test_after_a_stop_in_the_middle_all_goes_on_at_the_next_start(opened: Any, carrier: FakeCarrier) -> None:
    carrier.way = lambda message: "refuse"
    async with opened() as line:
        for number in range(3):
            await line.write(str(number))
        await line.until(lambda: carrier.sends >= 2)
    carrier.way = lambda message: "well"
    async with opened() as line:
        await line.quiet()
    assert carrier.texts() == ["re 0", "re 1", "re 2"]
