"""Rasa's SQL tracker store with less work a turn: endpoints.yml names this class.

Same table and same rows. What changes: plain statements instead of the ORM, no second query to count
what is stored already, and what events say is sealed (kept.py); for SQLite a connection that stays open with a
write-ahead log, and for PostgreSQL one that is looked at before it is used and never waited for long.
"""

from __future__ import annotations

import os
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.pool import QueuePool

from bot import points
from bot.kept import Seal, without_numbers

TURNS = 30  # that are looked at when a turn begins; older ones only for the slots and the form they leave behind
# The conversation since its last session start, as in SQLTrackerStore._event_query, but not by the clock: put back, it
# would hide all that is said until it has caught up.
_SESSION = (
    "FROM events WHERE sender_id = :sender AND (:every_session OR id >= coalesce("
    "(SELECT max(id) FROM events WHERE sender_id = :sender AND type_name = 'session_started'), 0))"
)
_EVENTS = sa.text(f"SELECT data {_SESSION} ORDER BY id")
_RECENT = sa.text(
    f"SELECT data {_SESSION} AND (type_name IN ('session_started', 'slot', 'active_loop') OR id >= coalesce("
    "(SELECT id FROM events WHERE sender_id = :sender AND type_name = 'user' ORDER BY id DESC LIMIT 1 OFFSET :turns), "
    "0)) ORDER BY id"
)
_COUNT = sa.text(f"SELECT count(*) {_SESSION}")
_FORGET = sa.text("DELETE FROM events WHERE sender_id = :sender")
_RENAME = sa.text("UPDATE events SET sender_id = :new WHERE sender_id = :old")
# Of conversations in which nothing was said since then, a few at a time.
_OLD = sa.text(
    "SELECT sender_id FROM events GROUP BY sender_id HAVING max(timestamp) < :before ORDER BY sender_id LIMIT :most"
)
_AT_ONCE = 200
_STATEMENT_SECONDS = 2
_STORED = "events_in_store"  # on a tracker: how many of its events are in the table


class PlainSqlTrackerStore(SQLTrackerStore):
    """Rasa serialises the turns of one sender, so a tracker knows what it has in the table."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        seal_key: str | None = None,
        **kwargs: Any,
    ) -> None:
        self._seal = Seal(seal_key)
        super().__init__(domain=domain, host=host, event_broker=event_broker, **kwargs)
        if self.engine.dialect.name == "sqlite" and self.engine.url.database:
            self._open(_open_sqlite(self.engine.url))
        if self.engine.dialect.name == "postgresql":
            self._open(_open_postgresql(self.engine.url))

    def _open(self, engine: sa.engine.Engine) -> None:
        """In place of Rasa's, which was only needed to make the table."""
        self.engine.dispose()
        self.engine = engine
        self.sessionmaker = sa.orm.sessionmaker(bind=engine)

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        if fetch_events_from_all_sessions:
            return self._tracker(sender_id, _EVENTS, every_session=True)
        return self._tracker(sender_id, _RECENT, every_session=False, turns=TURNS - 1)

    async def session(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation since its last session start, however long."""
        return self._tracker(sender_id, _EVENTS, every_session=False)

    def _tracker(self, sender_id: str, statement: sa.sql.TextClause, **values: Any) -> DialogueStateTracker | None:
        with self.engine.connect() as connection:
            rows = connection.execute(statement, {"sender": sender_id, **values})
            events = [self._seal.open(data) for (data,) in rows]
        if not events:
            return None
        return _mark_stored(DialogueStateTracker.from_dict(sender_id, events, self.domain.slots))

    async def save(self, tracker: DialogueStateTracker) -> None:
        await self.stream_events(tracker)
        if not tracker.events:
            return
        points.reached("saving")
        with self.engine.begin() as connection:
            new = islice(tracker.events, self._number_stored(connection, tracker), None)
            rows = [_row(tracker.sender_id, event, self._seal) for event in new]
            if rows:
                connection.execute(self.SQLEvent.__table__.insert(), rows)
            points.reached("half_saved")
        points.reached("saved")
        _mark_stored(tracker)

    def forget(self, sender_id: str) -> None:
        """All that was ever said in a conversation."""
        with self.engine.begin() as connection:
            connection.execute(_FORGET, {"sender": sender_id})

    def rename(self, old: str, new: str) -> None:
        """A conversation whose person is known by another name from now on."""
        with self.engine.begin() as connection:
            connection.execute(_RENAME, {"old": old, "new": new})

    def forget_older(self, before: float) -> int:
        """Conversations that ended before this moment, in seconds since 1970. How many there were."""
        count = 0
        while True:
            with self.engine.begin() as connection:
                old = connection.execute(_OLD, {"before": before, "most": _AT_ONCE}).scalars().all()
                for sender_id in old:
                    connection.execute(_FORGET, {"sender": sender_id})
            count += len(old)
            if len(old) < _AT_ONCE:
                return count

    def _number_stored(self, connection: sa.engine.Connection, tracker: DialogueStateTracker) -> int:
        stored = getattr(tracker, _STORED, None)
        if stored is None:  # not from this store: a new conversation, as a rule
            values = {"sender": tracker.sender_id, "every_session": False}
            stored = int(connection.execute(_COUNT, values).scalar())
        return stored


def _mark_stored(tracker: DialogueStateTracker) -> DialogueStateTracker:
    setattr(tracker, _STORED, len(tracker.events))
    return tracker


def _row(sender_id: str, event: Event, seal: Seal) -> dict[str, Any]:
    data = without_numbers(event.as_dict())
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": seal.seal(data),
    }


def _open_sqlite(url: sa.engine.URL) -> sa.engine.Engine:
    engine = sa.create_engine(url, poolclass=QueuePool, connect_args={"check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    return engine


def _open_postgresql(url: sa.engine.URL) -> sa.engine.Engine:
    """Few connections: statements hold up the event loop, so one is busy at a time. None may hold it up for long,
    since the turn's place among the bots is kept by the same loop (bot/lock_store.py)."""
    limits = {"connect_timeout": 2, "options": f"-c statement_timeout={_STATEMENT_SECONDS * 1000}"}
    size = int(os.environ.get("TRACKER_POOL") or 2)
    return sa.create_engine(url, pool_size=size, max_overflow=1, pool_pre_ping=True, connect_args=limits)
