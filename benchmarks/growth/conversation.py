"""One conversation, longer and longer: what a turn of it costs the bot and the action server."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import cycle, islice

import httpx
import psutil  # type: ignore[import-untyped,import-not-found,unused-ignore]

from benchmarks import systems
from benchmarks.clients import Target
from benchmarks.growth.row import Row
from benchmarks.places import ROOT
from benchmarks.servers import Running, Server, running
from benchmarks.understanding import messages

HEAD = ["turns before", "bot, ms", "action server, ms"]
_TEXTS = 24
_TALKS = 3  # people, whose turns are added up


def rows(sizes: Sequence[int]) -> Iterator[Row]:
    """After so many turns every question is asked once more; sizes lie further apart than there are questions."""
    setup = systems.Setup()
    with ExitStack() as up:
        actions, bot = up.enter_context(running(systems.actions(setup))), up.enter_context(running(_bot(setup)))
        client = up.enter_context(httpx.Client(timeout=60, trust_env=False))
        target, texts = systems.ours_direct(setup), _texts()
        _talk(client, target, "warm", texts)
        costs = {size: [0.0, 0.0] for size in sizes}
        for _ in range(_TALKS):
            said, sender, done = cycle(texts), f"long-{uuid.uuid4().hex}", 0
            for size in sizes:
                _talk(client, target, sender, islice(said, size - done))
                before = _seconds(bot), _seconds(actions)
                _talk(client, target, sender, texts)
                costs[size][0] += _seconds(bot) - before[0]
                costs[size][1] += _seconds(actions) - before[1]
                done = size + len(texts)
        for size in sizes:
            yield Row(size, [1000 * seconds / len(texts) / _TALKS for seconds in costs[size]])


def _bot(setup: systems.Setup) -> Server:
    return systems.ours(setup, ROOT / "var" / "rasa" / "sahayak.tar.gz")


def _texts() -> list[str]:
    """Questions about entries, in each language as often."""
    asked = [message.text for message in messages.load() if message.kind == "entry"]
    return asked[:: len(asked) // _TEXTS][:_TEXTS]


def _talk(client: httpx.Client, target: Target, sender: str, texts: Iterable[str]) -> None:
    for text in texts:
        client.post(target.url, json=target.body(sender, text), headers=dict(target.headers)).raise_for_status()


def _seconds(server: Running) -> float:
    """Processor time so far."""
    times = psutil.Process(server.process.pid).cpu_times()
    return float(times.user + times.system)
