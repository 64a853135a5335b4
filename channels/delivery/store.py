"""Delivery's work on the database: in threads of its own, tried again as long as the database is away."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from channels.errors import StoreCrossed, StoreFailure
from channels.logs import log
from channels.store.database import Database

P = ParamSpec("P")
T = TypeVar("T")
THREADS = 2
_PAUSE, _LONGEST_PAUSE = 0.2, 5.0


class Store:
    def __init__(self, database: Database, threads: int = THREADS) -> None:
        self._database = database
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="delivery")

    async def write(self, call: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One transaction. Raises StoreFailure."""
        return await self._run(self._writing, lambda connection: call(connection, *args, **kwargs))

    async def read(self, call: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._run(self._reading, lambda connection: call(connection, *args, **kwargs))

    async def surely(self, call: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `write`, until it succeeds. What it does twice must be as if done once."""
        return await self.within(math.inf, call, *args, **kwargs)

    async def seen(self, call: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `read`, until it succeeds."""
        return await self._again(math.inf, lambda: self.read(call, *args, **kwargs))

    async def within(
        self, seconds: float, call: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `write`, tried again for so long. Raises StoreFailure; StoreCrossed at once: that does not pass."""
        return await self._again(seconds, lambda: self.write(call, *args, **kwargs))

    async def _again(self, seconds: float, once: Callable[[], Awaitable[T]]) -> T:
        end, pause = time.monotonic() + seconds, _PAUSE
        while True:
            try:
                return await once()
            except StoreFailure as failure:
                log.warning("store_failed", step="delivery", reason=failure.reason)
                if isinstance(failure, StoreCrossed) or time.monotonic() + pause > end:
                    raise
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, run: Callable[[Callable[[Connection], T]], T], call: Callable[[Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, run, call)

    def _writing(self, call: Callable[[Connection], T]) -> T:
        with self._database.writing() as connection:
            return call(connection)

    def _reading(self, call: Callable[[Connection], T]) -> T:
        with self._database.reading() as connection:
            return call(connection)
