"""Talks to a bot as people do: one after the other, or several at once."""

import asyncio
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import httpx

TURNS_OF_ONE_PERSON = 10  # then another begins: nobody says hello three hundred times
_TIMEOUT = 60.0


@dataclass(frozen=True)
class Target:
    """One way to a bot: `body(sender, text)` asks, `replies(answer)` lists what it said; none is a failure."""

    name: str
    url: str
    body: Callable[[str, str], dict[str, str]]
    replies: Callable[[Any], Sequence[Mapping[str, Any]]]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Times:
    """Milliseconds of each turn that was answered, and how many were not."""

    milliseconds: list[float] = field(default_factory=list)
    failed: int = 0


def ask(target: Target, text: str) -> Sequence[Mapping[str, Any]]:
    """One turn of a new person; nothing while the bot is not up."""
    try:
        with httpx.Client(timeout=_TIMEOUT, trust_env=False) as client:
            answer = client.post(target.url, json=target.body(_person(), text), headers=dict(target.headers))
        return target.replies(answer.json()) if answer.is_success else ()
    except (httpx.HTTPError, ValueError):
        return ()


def one_by_one(target: Target, texts: Sequence[str], turns: int) -> Times:
    """Each turn begins when the one before has been answered."""
    times = Times()
    senders, words = _people(), cycle(texts)
    with httpx.Client(timeout=_TIMEOUT, trust_env=False) as client:
        for _ in range(turns):
            body = target.body(next(senders), next(words))
            began = time.perf_counter()
            answer = client.post(target.url, json=body, headers=dict(target.headers))
            _note(times, target, answer, began)
    return times


def at_once(target: Target, texts: Sequence[str], clients: int, seconds: float) -> tuple[float, int]:
    """Turns per second with several clients that never pause, and how many turns failed."""
    return asyncio.run(_at_once(target, texts, clients, seconds))


async def _at_once(target: Target, texts: Sequence[str], clients: int, seconds: float) -> tuple[float, int]:
    times = Times()
    began = time.perf_counter()
    async with httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False) as client:
        orders = (_from(texts, i * len(texts) // clients) for i in range(clients))
        await asyncio.gather(*(_keep_asking(client, target, order, began + seconds, times) for order in orders))
    return len(times.milliseconds) / (time.perf_counter() - began), times.failed


def _from(texts: Sequence[str], first: int) -> list[str]:
    """All of them from that one on: clients far apart, so that none asks what another has just asked."""
    return [*texts[first:], *texts[:first]]


async def _keep_asking(
    client: httpx.AsyncClient, target: Target, texts: Sequence[str], end: float, times: Times
) -> None:
    senders, words = _people(), cycle(texts)
    while time.perf_counter() < end:
        body = target.body(next(senders), next(words))
        began = time.perf_counter()
        answer = await client.post(target.url, json=body, headers=dict(target.headers))
        _note(times, target, answer, began)


def _note(times: Times, target: Target, answer: httpx.Response, began: float) -> None:
    took = (time.perf_counter() - began) * 1000
    if answer.is_success and target.replies(answer.json()):
        times.milliseconds.append(took)
    else:
        times.failed += 1


def _people() -> Iterator[str]:
    while True:
        sender = _person()
        yield from (sender for _ in range(TURNS_OF_ONE_PERSON))


def _person() -> str:
    return f"bench-{uuid.uuid4().hex}"
