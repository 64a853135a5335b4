"""`python -m benchmarks.watching`: processor time that counting and tracing one turn take in the gateway."""

import timeit
from collections.abc import Callable

from channels.bot_models import BotReply
from channels.metrics.measures import TURNS_IN_PROGRESS
from channels.metrics.turns import count
from common import tracing

TIMES = 20_000
_SECONDS = {"hygiene": 0.0001, "wait": 0.00001, "store": 0.001, "bot": 0.02, "total": 0.022}
_REPLIES = [BotReply(text="a", language="hi", entry="toolkit-apply")]
_KNOWN = frozenset({"toolkit-apply"})


def counted() -> None:
    with TURNS_IN_PROGRESS.track_inprogress():
        count("web", "answered", None, _REPLIES, _SECONDS, _KNOWN)


def untraced() -> None:
    """As many spans as a turn has, while traces are off."""
    with tracing.span("turn", channel="web"):
        for name in ("hygiene", "store", "bot.ask"):
            with tracing.span(name):
                pass
        tracing.ended("wait", 0.0)
        tracing.note(outcome="answered")
        tracing.carried()


def microseconds(call: Callable[[], None]) -> float:
    return min(timeit.repeat(call, number=TIMES, repeat=5)) / TIMES * 1e6


def main() -> None:
    print(f"counting a turn: {microseconds(counted):.1f} µs")
    print(f"traces that are off: {microseconds(untraced):.1f} µs")


if __name__ == "__main__":
    main()
