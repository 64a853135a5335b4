"""What the provider took, followed while it takes it."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from benchmarks.errors import ServerError

Record = dict[str, Any]
_LOOKS = 0.25
_PATIENCE = 60.0  # seconds without a new reply


async def _nothing(news: list[Record]) -> None:
    pass


class Replies:
    """Of each person, in the order in which the provider took them: moments and texts."""

    def __init__(self, http: httpx.AsyncClient, provider: str) -> None:
        self._http, self._provider = http, provider
        self.at: defaultdict[str, list[float]] = defaultdict(list)
        self.texts: defaultdict[str, list[str]] = defaultdict(list)
        self.ended = 0.0
        self._seen = 0

    async def forget(self) -> None:
        """What was taken until now does not count."""
        await self.look()
        self.at.clear()
        self.texts.clear()

    async def look(self) -> list[Record]:
        answer = await self._http.get(f"{self._provider}/records", params={"after": self._seen})
        news: list[Record] = answer.json()
        self._seen += len(news)
        for record in news:
            self.at[record["to"]].append(record["at"])
            self.texts[record["to"]].append(record["body"])
            self.ended = record["at"]
        return news

    async def until(
        self, is_so: Callable[[], bool], told: Callable[[list[Record]], Awaitable[None]] = _nothing
    ) -> bool:
        """False where nothing new comes for a long time. `told` is given what is new."""
        last = time.monotonic()
        while not is_so():
            await asyncio.sleep(_LOOKS)
            if news := await self.look():
                last = time.monotonic()
                await told(news)
            elif time.monotonic() - last > _PATIENCE:
                return False
        return True

    async def surely(self, is_so: Callable[[], bool]) -> None:
        if not await self.until(is_so):
            raise ServerError("Some messages got no reply: see var/bench/log/delivery-gateway.log.")
