"""Many people at once, and everything goes wrong at once: nothing lost, nothing twice, everything in order."""

import asyncio
import os
import random
import time
from collections.abc import Callable
from typing import Any

from fake_carrier import FakeCarrier
from helpline_line import EchoBot, Line, sid

WAYS = ["well"] * 12 + ["late", "late", "refuse", "slow_down", "silent_but_accepted", "broken_but_accepted", "silent"]
# LOAD=200x10 is the whole of it; a few minutes.
PEOPLE, EACH = (int(number) for number in os.environ.get("LOAD", "20x5").split("x"))


async def test_many_people_are_each_answered_once_and_in_order_while_everything_goes_wrong(
    opened: Any, address: str, bot: EchoBot, carrier: FakeCarrier
) -> None:
    """Webhooks come twice, statuses shuffled and early; the provider refuses, falls silent, is away for a while."""
    dice = random.Random(5)
    people = [f"whatsapp:+9198{number:08}" for number in range(PEOPLE)]
    carrier.way = troubled(dice, away=(0.5, 1.5))
    started = time.monotonic()
    async with opened(address, send_timeout_seconds=0.4) as line:
        gossip = asyncio.create_task(tell_shuffled(line, carrier, dice))
        await asyncio.gather(*(write_all(line, who, dice) for who in people))
        await line.quiet(500)
        gossip.cancel()
        states = line.rows("SELECT state, count(*) FROM outbound GROUP BY state")
    wanted = [f"re {number}" for number in range(EACH)]
    wrong = [who for who in people if carrier.texts(who) != wanted]
    assert wrong == []
    assert states == [("sent", len(people) * EACH)]
    print(
        f"\n{len(people)} people, {len(people) * EACH} messages, each brought once or twice, {carrier.sends} sends, "
        f"{carrier.asked} questions: {len(carrier.records)} replies, 0 lost, 0 repeated, 0 out of order, "
        f"{time.monotonic() - started:.0f} s"
    )


def troubled(dice: random.Random, away: tuple[float, float]) -> Callable[[dict[str, Any]], str]:
    start = time.monotonic()

    def way(message: dict[str, Any]) -> str:
        since = time.monotonic() - start
        return "refuse" if away[0] < since < away[1] else dice.choice(WAYS)

    return way


async def write_all(line: Line, who: str, dice: random.Random) -> None:
    """One person's messages, each once the provider has brought the one before; some are brought twice."""
    for number in range(EACH):
        same = sid()
        times = 1 + (dice.random() < 0.3)
        answers = await asyncio.gather(*(line.write(str(number), who=who, message_sid=same) for _ in range(times)))
        assert all(answer.status_code == 200 for answer in answers)
        await asyncio.sleep(dice.random() * 0.2)


async def tell_shuffled(line: Line, carrier: FakeCarrier, dice: random.Random) -> None:
    told = 0
    while True:
        news = carrier.records[told:]
        told += len(news)
        calls = [(each, status) for each in news for status in ("queued", "sent", "delivered", "sent")]
        dice.shuffle(calls)
        for record, status in calls:
            await line.tell(record.reference, record.id, status)
        await asyncio.sleep(0.05)
