"""How often a widget may ask. Each process counts for itself; what it forgets costs nobody anything."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from channels.memory import Recent


@dataclass
class Bucket:
    left: float
    at: datetime


class Limit:
    """So many a minute for each key; what was saved up may be spent at once."""

    def __init__(self, a_minute: int, remembered: int, clock: Callable[[], datetime]) -> None:
        self._most, self._clock = a_minute, clock
        self._buckets: Recent[Bucket] = Recent(remembered)

    def take(self, key: str) -> int:
        """0: go on. Otherwise the seconds to wait; asking too early costs nothing more."""
        now = self._clock()
        bucket = self._buckets.get(key) or Bucket(self._most, now)
        gained = (now - bucket.at).total_seconds() * self._most / 60
        bucket.left, bucket.at = min(self._most, bucket.left + gained), now
        self._buckets.put(key, bucket)
        if bucket.left < 1:
            return math.ceil((1 - bucket.left) * 60 / self._most)
        bucket.left -= 1
        return 0
