"""Wrong passwords of one address, whosever accounts they were for. Each account has its own limit besides."""

import math
from collections.abc import Callable
from datetime import datetime, timedelta

from fastapi import Request

from channels.console.errors import Refused
from channels.limits import Limit, address, network
from channels.settings import Settings

SPAN = timedelta(minutes=15)


class Tries:
    """Each try is taken before it is looked at, so that many at once count too; a right one is given back."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        most, remembered = settings.login_tries_an_address, settings.remembered_sessions
        self._limit = Limit(most, remembered, clock, SPAN.total_seconds())

    def take(self, request: Request) -> str:
        """What to give back. Raises Refused."""
        key = network(address(request))
        if wait := self._limit.take(key):
            raise Refused("accounts.too_many_tries", 429, minutes=math.ceil(wait / 60))
        return key

    def was_right(self, key: str) -> None:
        self._limit.give_back(key)
