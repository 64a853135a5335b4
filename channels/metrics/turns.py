"""A turn is counted when it has ended. It costs some microseconds (benchmarks/watching.py)."""

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, get_args

from channels.bot_models import BotReply
from channels.metrics.measures import ANSWERS, TURN_FAILURES, TURN_SECONDS, TURNS, one_of
from channels.models import Channel, Language, Outcome

TIMED = ("hygiene", "wait", "store", "bot", "total")
FAILURES = ("timeout", "refused", "broken", "malformed", "empty", "store", "too_busy", "status")
_STATUS = re.compile(r"_\d+$")


def count(
    channel: Channel,
    outcome: Outcome,
    failure: str | None,
    replies: list[BotReply],
    seconds: Mapping[str, float],
    entries: Collection[str],
) -> None:
    language = replies[-1].language if replies else None
    _turns(outcome, channel, one_of(language, get_args(Language))).inc()
    if failure:
        TURN_FAILURES.labels(one_of(_STATUS.sub("", failure), FAILURES)).inc()
    for reply in replies:
        if reply.entry:
            _answers(one_of(reply.entry, entries)).inc()
    for part in TIMED:
        if part in seconds:
            _timed(part).observe(seconds[part])


# Looked up once each: `labels` takes as long as all the rest.
@cache
def _turns(outcome: str, channel: str, language: str) -> Any:
    return TURNS.labels(outcome, channel, language)


@cache
def _answers(entry: str) -> Any:
    return ANSWERS.labels(entry)


@cache
def _timed(part: str) -> Any:
    return TURN_SECONDS.labels(part)
