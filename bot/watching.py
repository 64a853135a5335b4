"""How long the parts of a turn take in the bot: for Prometheus, and as spans where traces are on."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from prometheus_client import Counter, Gauge, Histogram
from rasa.core.actions.action import RemoteAction
from rasa.core.processor import MessageProcessor
from rasa.utils.endpoints import EndpointConfig

from common import tracing

BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
IN_PROGRESS = Gauge("bot_turns_in_progress", "Messages that the bot is answering.")
TURNS = Counter("bot_turns", "Messages the bot had, by how that ended.", ["result"])
SECONDS = Histogram("bot_seconds", "A turn in the bot, whole and by part.", ["part"], buckets=BUCKETS)


def install() -> None:
    """For the serving process; after whatever else replaces these methods."""
    MessageProcessor.parse_message = _awaited("understanding", MessageProcessor.parse_message)
    MessageProcessor.save_tracker = _awaited("save", MessageProcessor.save_tracker)
    MessageProcessor.predict_next_with_tracker_if_should = _called(
        "policy", MessageProcessor.predict_next_with_tracker_if_should
    )
    RemoteAction.run = _awaited("action", RemoteAction.run)
    EndpointConfig.request = _carrying(EndpointConfig.request)


@contextmanager
def part(name: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        with tracing.span(name):
            yield
    finally:
        SECONDS.labels(name).observe(time.perf_counter() - start)


def _awaited(name: str, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @wraps(call)
    async def measured(*given: Any, **named: Any) -> Any:
        with part(name):
            return await call(*given, **named)

    return measured


def _called(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def measured(*given: Any, **named: Any) -> Any:
        with part(name):
            return call(*given, **named)

    return measured


def _carrying(request: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The action server goes on with the bot's trace."""

    @wraps(request)
    async def carrying(self: EndpointConfig, *given: Any, **named: Any) -> Any:
        if headers := tracing.carried():
            named["headers"] = {**(named.get("headers") or {}), **headers}
        return await request(self, *given, **named)

    return carrying
