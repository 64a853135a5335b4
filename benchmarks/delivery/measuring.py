"""One gateway on one database: acknowledged at a pace, answered, and how many turns it has a second."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.delivery.counts import answered, waits
from benchmarks.delivery.people import Call, People, Written
from benchmarks.delivery.plan import Plan
from benchmarks.delivery.replies import Replies
from benchmarks.delivery.servers import Line
from benchmarks.figures import percentile
from benchmarks.steps import Steps
from benchmarks.understanding import messages

_WARM = 40
_APART = 11
WORDS = ("namaste", "loan kaise milega", "मेरे जिले का उत्पाद क्या है", "what is odop", "subsidy kitni hai")


@dataclass(frozen=True)
class Found:
    """Milliseconds, turns a second, milliseconds of each part's processor time a turn."""

    acknowledged: list[float]
    replied: list[float]
    per_second: float
    processor: dict[str, float]
    refused: int

    def figures(self) -> dict[str, float]:
        timed = {"ack": self.acknowledged, "reply": self.replied}
        found = {f"{name} p{n}": percentile(values, n) for name, values in timed.items() for n in (50, 95) if values}
        return found | {"per second": self.per_second, "refused": self.refused} | self.processor


def numbers(count: int, first: int = 0) -> list[str]:
    return [f"+9198{first + number:08}" for number in range(count)]


def measure(plan: Plan, line: Line, bot: str, steps: Steps) -> Found:
    return asyncio.run(_measure(plan, line, bot, steps))


async def _measure(plan: Plan, line: Line, bot: str, steps: Steps) -> Found:
    crowd, texts = People(line), WORDS if bot == "fake" else _questions()
    async with crowd.http as http:
        replies = Replies(http, line.provider)
        people = _people(plan, bot)
        with steps.step("warming up"):
            await _flood(crowd, replies, crowd.calls(texts, numbers(_WARM, 90_000_000), _WARM))
        with steps.step(f"{plan.rate:g} messages a second for {plan.seconds:g} s"):
            calls, written = crowd.calls(texts, people, plan.at_rate), Written()
            await replies.forget()
            await crowd.at_rate(calls, plan.rate, written)
            await replies.surely(lambda: answered(written.at, replies.at) >= len(calls))
            replied = waits(written.at, replies.at)
        with steps.step(f"{plan.turns} messages as fast as they are taken"):
            before = line.seconds()
            flooded, per_second = await _flood(crowd, replies, crowd.calls(texts, people[::-1], plan.turns))
            processor = {part: (spent - before[part]) * 1000 / plan.turns for part, spent in line.seconds().items()}
    return Found(written.acknowledged, replied, per_second, processor, written.refused + flooded.refused)


def _questions() -> list[str]:
    """Of all languages, about different things."""
    return [m.text for m in messages.load(messages.LANGUAGES) if m.kind == "entry"][::_APART]


def _people(plan: Plan, bot: str) -> list[str]:
    """The real bot may answer one message with several: then everybody writes once in a measurement."""
    return numbers(plan.people if bot == "fake" else max(plan.at_rate, plan.turns))


async def _flood(crowd: People, replies: Replies, calls: Sequence[Call]) -> tuple[Written, float]:
    """Turns a second, from the first webhook to the last reply."""
    written = Written()
    await replies.forget()
    await crowd.as_fast(calls, written)
    await replies.surely(lambda: answered(written.at, replies.at) >= len(calls))
    began = min(times[0] for times in written.at.values())
    return written, len(calls) / (replies.ended - began)
