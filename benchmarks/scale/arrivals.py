"""When people write: evenly, or after a notice in the newspaper."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Rate = Callable[[float], float]  # of a moment in seconds: messages a second
_PEAK = 300.0  # seconds after the notice at which most write


@dataclass(frozen=True, order=True)
class Arrival:
    """`at` in seconds."""

    at: float
    who: int


def evenly(per_minute: float) -> Rate:
    return lambda moment: per_minute / 60


def notice(messages: int, seconds: float) -> Rate:
    """As many messages in all: few at first, most after five minutes, then fewer and fewer."""

    def shape(moment: float) -> float:
        return moment / _PEAK * math.exp(1 - moment / _PEAK)

    whole = sum(shape(second + 0.5) for second in range(math.ceil(seconds)))
    return lambda moment: messages * shape(moment) / whole


def arrivals(rate: Rate, seconds: float, each: float, dice: random.Random) -> Sequence[Arrival]:
    """Messages at random moments (thinned from the highest rate); everybody writes `each` of them on average."""
    highest = max(rate(second) for second in range(math.ceil(seconds)))
    moments, now = [], 0.0
    while (now := now + dice.expovariate(highest)) < seconds:
        if dice.random() * highest <= rate(now):
            moments.append(now)
    people = max(1, round(len(moments) / each))
    return [Arrival(moment, dice.randrange(people)) for moment in moments]
