"""How often somebody may ask. Each process counts for itself; what it forgets costs nobody anything."""

import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from channels.memory import Recent


@dataclass
class Bucket:
    left: float
    at: datetime


class Limit:
    """So many a minute (or in `seconds`) for each key; what was saved up may be spent at once."""

    def __init__(self, most: int, remembered: int, clock: Callable[[], datetime], seconds: float = 60) -> None:
        self._most, self._clock, self._rate = most, clock, most / seconds
        self._buckets: Recent[Bucket] = Recent(remembered)

    def take(self, key: str) -> int:
        """0: go on. Otherwise the seconds to wait; asking too early costs nothing more."""
        now = self._clock()
        bucket = self._buckets.get(key) or Bucket(self._most, now)
        gained = max(0.0, (now - bucket.at).total_seconds()) * self._rate  # a clock may be put back
        bucket.left, bucket.at = min(self._most, bucket.left + gained), now
        self._buckets.put(key, bucket)
        if bucket.left < 1:
            return math.ceil((1 - bucket.left) / self._rate)
        bucket.left -= 1
        return 0

    def give_back(self, key: str) -> None:
        """What was taken turned out not to count."""
        if bucket := self._buckets.get(key):
            bucket.left = min(self._most, bucket.left + 1)


def address(request: Request) -> str:
    """Behind a proxy the server itself puts the user's address here, if TRUSTED_PROXIES names that proxy."""
    return request.client.host if request.client else ""


def network(host: str) -> str:
    """Who has one IPv6 address has the other 2^64 of its network too."""
    try:
        known = ipaddress.ip_address(host)
    except ValueError:
        return host
    return (
        host if known.version == 4 else str(ipaddress.ip_network(f"{known.compressed.split('%')[0]}/64", strict=False))
    )
