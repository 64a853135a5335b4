"""What has changed, told to every page that listens: one look at the store a second for all of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from channels.console.store import ConsoleStore
from channels.errors import StoreFailure
from channels.logs import log
from channels.store.console_tables import NoteRow
from channels.store.tables import HandoverRow, MessageRow

SECONDS, BEAT = 1.0, 15.0
_MOST = 500
_OPEN = (HandoverRow.id, HandoverRow.taken_by, HandoverRow.staff_at, HandoverRow.urgency, HandoverRow.summary)


@dataclass(frozen=True)
class Snapshot:
    """The open conversations, and the newest message and note."""

    open: dict[int, Any] = field(default_factory=dict)
    message: int = 0
    note: int = 0


def look(connection: Connection, last: Snapshot) -> tuple[Snapshot, set[str]]:
    """And what is new since the last look: `queue`, and `c12` for conversation 12."""
    found = connection.execute(select(*_OPEN).where(HandoverRow.closed_at.is_(None))).all()
    newest = [connection.execute(select(func.max(table.id))).scalar() or 0 for table in (MessageRow, NoteRow)]
    now = Snapshot({row.id: tuple(row) for row in found}, *newest)
    changed = {each for each in now.open.keys() | last.open.keys() if now.open.get(each) != last.open.get(each)}
    for table, seen in ((MessageRow, last.message), (NoteRow, last.note)):
        changed |= set(connection.execute(select(table.handover_id).where(table.id > seen).limit(_MOST)).scalars())
    return now, {f"c{each}" for each in changed} | ({"queue"} if changed else set())


class Live:
    """The look-out runs only while somebody listens."""

    def __init__(self, store: ConsoleStore) -> None:
        self._store = store
        self._listeners: list[tuple[set[str], asyncio.Event]] = []
        self._task: asyncio.Task[None] | None = None
        self.is_stopping = False

    def stop(self) -> None:
        """Ends every stream within a second, so that the process can end."""
        self.is_stopping = True

    async def listen(self) -> AsyncIterator[set[str]]:
        """What has changed; an empty set now and then, to see whether anybody is still there."""
        mine: tuple[set[str], asyncio.Event] = (set(), asyncio.Event())
        self._listeners.append(mine)
        self._task = self._task or asyncio.create_task(self._watch())
        try:
            while not self.is_stopping:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(BEAT):
                        await mine[1].wait()
                mine[1].clear()
                changed = set(mine[0])
                mine[0].clear()
                yield changed
        finally:
            self._leave(mine)

    def _leave(self, mine: tuple[set[str], asyncio.Event]) -> None:
        self._listeners = [each for each in self._listeners if each is not mine]
        if not self._listeners and self._task:
            self._task.cancel()
            self._task = None

    async def _watch(self) -> None:
        last: Snapshot | None = None
        while True:
            try:
                now, changed = await self._store.read(look, last or Snapshot())
                self._tell(changed if last else set())
                last = now
            except StoreFailure as failure:
                log.warning("store_failed", step="console_live", reason=failure.reason)
            if self.is_stopping:
                self._tell({"stop"})
            await asyncio.sleep(SECONDS)

    def _tell(self, changed: set[str]) -> None:
        for names, event in self._listeners if changed else ():
            names |= changed
            event.set()
