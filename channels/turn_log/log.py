"""The turn log as the rest of the gateway knows it: told of each turn, it never delays or fails one."""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from channels.errors import StoreFailure
from channels.logs import log, where
from channels.store.database import Database
from channels.turn_log import writing
from channels.turn_log.noted import Noted
from channels.turn_log.texts import Texts

_AT_ONCE = 200
_PAUSE = 1.0
_GATHERED = 0.5
_TIDIED = 3600.0
_LAST_SECONDS = 10.0


class TurnLog:
    """What is noted waits in a queue for one writer. Full, it drops what comes, and says so."""

    def __init__(
        self, database: Database, texts: Texts, clock: Callable[[], datetime], days: int, waiting: int
    ) -> None:
        self._database, self._texts, self._clock = database, texts, clock
        self._kept = timedelta(days=days)
        self._queue: asyncio.Queue[Noted] = asyncio.Queue(waiting)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="turn-log")
        self._tasks: list[asyncio.Task[None]] = []
        self._hurried = asyncio.Event()
        self._dropped = 0

    def note(self, noted: Noted) -> None:
        try:
            self._queue.put_nowait(noted)
        except asyncio.QueueFull:
            self._dropped += 1

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._write_for_ever()), asyncio.create_task(self._tidy_for_ever())]

    async def close(self) -> None:
        """What was noted is written first, if the store answers."""
        await self.written(_LAST_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._thread.shutdown(wait=True)
        if not self._queue.empty():
            log.warning("turns_not_written", count=self._queue.qsize())

    async def written(self, seconds: float) -> None:
        """Waits until all that was noted is in the store, but not longer."""
        if not self._tasks:
            return
        self._hurried.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._queue.join()
        self._hurried.clear()

    async def _write_for_ever(self) -> None:
        while True:
            batch = [await self._queue.get()]
            await self._gather()
            while len(batch) < _AT_ONCE and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            await self._surely(batch)
            for _ in batch:
                self._queue.task_done()

    async def _gather(self) -> None:
        """Many turns in one transaction cost hardly more than one, and nobody waits for them but who asks."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GATHERED):
                await self._hurried.wait()

    async def _surely(self, batch: list[Noted]) -> None:
        """Again and again while the store is away; what cannot be written at all is given up."""
        while True:
            try:
                return await self._in_thread(self._write, batch)
            except StoreFailure as failure:
                log.warning("store_failed", step="turn_log", reason=failure.reason, waiting=self._queue.qsize())
                await asyncio.sleep(_PAUSE)
            except Exception as error:
                log.error("turns_not_written", count=len(batch), error=type(error).__name__, where=where(error))
                return

    def _write(self, batch: list[Noted]) -> None:
        with self._database.writing() as connection:
            writing.write(connection, batch, self._texts)
        if self._dropped:
            log.warning("turns_dropped", count=self._dropped)
            self._dropped = 0

    async def _tidy_for_ever(self) -> None:
        while True:
            try:
                await self._in_thread(self._tidy)
            except Exception as error:
                log.warning("tidy_failed", step="turn_log", error=type(error).__name__, where=where(error))
            await asyncio.sleep(_TIDIED)

    def _tidy(self) -> None:
        with self._database.writing() as connection:
            writing.tidy(connection, self._clock(), self._kept)

    async def _in_thread(self, call: Callable[..., None], *args: object) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, call, *args)
