"""All goes wrong at once: webhooks twice, statuses shuffled and early, the provider refuses, falls silent, is away."""

import asyncio
import random
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from benchmarks.delivery.counts import Fates, fates
from benchmarks.delivery.people import People
from benchmarks.delivery.replies import Record, Replies
from benchmarks.delivery.servers import Line

_STATUSES = ("queued", "sent", "delivered", "sent")
_TWICE = 0.3
_BREATH = 0.2  # seconds at most between two messages of a person
_SEED = 5
_TRIES = 5
_QUIET = 5.0  # seconds in which a reply that comes twice would come


async def troubled(line: Line, people: Sequence[str], each: int) -> tuple[Fates, float]:
    """What became of the messages, and within how many seconds."""
    dice, began, crowd = random.Random(_SEED), time.monotonic(), People(line)
    wanted = {who: [f"re {number}" for number in range(each)] for who in people}
    async with crowd.http as http:
        replies = Replies(http, line.provider)
        await http.put(f"{line.provider}/troubles", json={"seed": _SEED})

        async def tell(news: list[Record]) -> None:
            await _tell(crowd, news, dice)

        writing = asyncio.gather(*(_write_all(crowd, who, each, dice) for who in people))
        await replies.until(lambda: writing.done() and fates(wanted, replies.texts).lost == 0, tell)
        await writing
        took = replies.ended - began
        await asyncio.sleep(_QUIET)
        await replies.look()
    return fates(wanted, replies.texts), took


async def _write_all(crowd: People, who: str, each: int, dice: random.Random) -> None:
    """The next message once one is taken, as the provider keeps one person's messages in order."""
    for number in range(each):
        call = crowd.message(who, str(number))
        times = 1 + (dice.random() < _TWICE)
        for _ in range(_TRIES):
            if all(await asyncio.gather(*(crowd.post(call) for _ in range(times)))):
                break
        await asyncio.sleep(dice.random() * _BREATH)


async def _tell(crowd: People, news: Sequence[Record], dice: random.Random) -> None:
    told = [(record, status) for record in news for status in _STATUSES]
    dice.shuffle(told)
    for record, status in told:
        address = urlsplit(record["callback"])
        form = {"MessageSid": record["sid"], "MessageStatus": status}
        await crowd.post(crowd.signed(record["to"], f"{address.path}?{address.query}", form))
