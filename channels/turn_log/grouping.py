"""Puts what was not answered into groups by meaning: the action server groups, here they are kept.

A group stays the same one while most of its messages do, so that an address that names it goes on being true.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import httpx
from sqlalchemy import Connection, delete, func, insert, select, update

from channels.handovers import Clock
from channels.logs import log, where
from channels.settings import Settings
from channels.store.database import Database
from channels.turn_log.tables import GroupRow, TurnRow
from channels.turn_log.texts import Texts

PATH = "/staff/groups"
MOST = 2000  # texts that the action server takes
_LOOKED_AT = 3 * MOST  # the newest; many say the same in the same words
_SECONDS = 300.0  # for texts that its encoder has never seen
_PAUSE = 30.0
_EXAMPLES = 5
_CHUNK = 500
_NEW = (TurnRow.sealed_text.is_not(None), TurnRow.group_id.is_(None))

Found = dict[str, Any]


class Grouping:
    def __init__(
        self, http: httpx.AsyncClient, settings: Settings, database: Database, texts: Texts, clock: Clock
    ) -> None:
        self._http, self._settings, self._database = http, settings, database
        self._texts, self._clock = texts, clock
        self._task: asyncio.Task[None] | None = None
        self._ended = float("-inf")

    def begin(self) -> None:
        """In the background; not while it goes on, nor at once again."""
        if self._task is None and time.monotonic() - self._ended >= _PAUSE:
            self._task = asyncio.create_task(self._surely())

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _surely(self) -> None:
        try:
            await self.regroup()
        except Exception as error:
            log.warning("not_grouped", error=type(error).__name__, where=where(error))
        finally:
            self._task, self._ended = None, time.monotonic()

    async def regroup(self) -> None:
        """Raises StoreFailure and httpx.HTTPError."""
        alike = await asyncio.to_thread(self._read)
        groups = await self._ask([{"id": ids[0], "text": text} for text, ids in alike.items()]) if alike else []
        same = {ids[0]: ids for ids in alike.values()}
        for each in groups:
            each["first"], each["ids"] = each["ids"], [turn for one in each["ids"] for turn in same[one]]
        await asyncio.to_thread(self._write, groups)

    def _read(self) -> dict[str, list[int]]:
        """The newest texts, each with the turns it was said in."""
        newest = select(TurnRow.id, TurnRow.sealed_text).where(TurnRow.sealed_text.is_not(None))
        with self._database.reading() as connection:
            found = connection.execute(newest.order_by(TurnRow.id.desc()).limit(_LOOKED_AT)).all()
        alike: dict[str, list[int]] = {}
        for turn, sealed in found:
            if (text := self._texts.open(sealed)) and (text in alike or len(alike) < MOST):
                alike.setdefault(text, []).append(turn)
        return alike

    async def _ask(self, texts: list[dict[str, Any]]) -> list[Found]:
        address = self._settings.actions_url.rstrip("/") + PATH
        headers = {"Authorization": f"Bearer {self._settings.bot_token.get_secret_value()}"}
        answer = await self._http.post(address, json={"texts": texts}, headers=headers, timeout=_SECONDS)
        answer.raise_for_status()
        found: list[Found] = answer.json()["groups"]
        return found

    def _write(self, groups: Sequence[Found]) -> None:
        with self._database.writing() as connection:
            place(connection, groups, self._clock())
            _count(connection)


def new_ones(connection: Connection) -> int:
    """How many are in no group yet."""
    return connection.execute(select(func.count()).select_from(TurnRow).where(*_NEW)).scalar() or 0


def place(connection: Connection, groups: Sequence[Found], now: datetime) -> None:
    """Each becomes the group most of its turns were in, unless a larger one did already, or a new one."""
    before = _groups_of(connection, [turn for each in groups for turn in each["ids"]])
    taken: set[int] = set()
    for each in sorted(groups, key=lambda found: -len(found["ids"])):
        votes = Counter(before[turn] for turn in each["ids"] if before.get(turn))
        known = next((group for group, _ in votes.most_common() if group not in taken), None)
        group_id = _keep(connection, known, each, now)
        taken.add(group_id)
        _move(connection, group_id, [turn for turn in each["ids"] if before.get(turn) != group_id])


def _groups_of(connection: Connection, turns: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(turns), _CHUNK):
        some = select(TurnRow.id, TurnRow.group_id).where(TurnRow.id.in_(turns[start : start + _CHUNK]))
        found |= {row.id: row.group_id for row in connection.execute(some) if row.group_id}
    return found


def _keep(connection: Connection, known: int | None, found: Found, now: datetime) -> int:
    values = {"near": found["near"], "examples": found["first"][:_EXAMPLES]}
    if known:
        connection.execute(update(GroupRow).where(GroupRow.id == known).values(values))
        return known
    fresh = {"state": "open", "made_at": now, "count": 0, "languages": {}, "districts": {}}
    key = connection.execute(insert(GroupRow).values(values | fresh)).inserted_primary_key
    return int(key[0]) if key else 0


def _move(connection: Connection, group_id: int, turns: list[int]) -> None:
    for start in range(0, len(turns), _CHUNK):
        some = TurnRow.id.in_(turns[start : start + _CHUNK])
        connection.execute(update(TurnRow).where(some).values(group_id=group_id))


def _count(connection: Connection) -> None:
    """Anew for all; those that nothing is left of go."""
    parts = (TurnRow.group_id, TurnRow.language, TurnRow.district)
    asked = select(*parts, func.count().label("times")).where(
        TurnRow.sealed_text.is_not(None), TurnRow.group_id.is_not(None)
    )
    sums: dict[int, tuple[Counter[str], Counter[str]]] = {}
    for row in connection.execute(asked.group_by(*parts)):
        languages, districts = sums.setdefault(row.group_id, (Counter(), Counter()))
        languages[row.language] += row.times
        districts[row.district or ""] += row.times
    for group_id, (languages, districts) in sums.items():
        districts.pop("", None)
        values = {"count": languages.total(), "languages": dict(languages), "districts": dict(districts)}
        connection.execute(update(GroupRow).where(GroupRow.id == group_id).values(values))
    gone = set(connection.execute(select(GroupRow.id)).scalars()) - set(sums)
    if gone:
        connection.execute(delete(GroupRow).where(GroupRow.id.in_(gone)))
