"""How fast each of our addresses sends, over all processes: a place in time is reserved for each message."""

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Connection, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from channels.store.tables import PaceRow

_NEXT = select(PaceRow.next_at, PaceRow.set_at).where(PaceRow.sender == bindparam("ours")).with_for_update()
_SET = update(cast(Table, PaceRow.__table__)).where(PaceRow.sender == bindparam("ours"))
CLOCKS = timedelta(seconds=2)  # those of several machines may be apart by so much


def reserve(connection: Connection, sender: str, rate: float, now: datetime) -> datetime:
    """When this message may leave. Nobody else reserves from this address until the transaction ends."""
    at = max(now, _locked(connection, sender, now))
    _set(connection, sender, at + timedelta(seconds=1 / rate), now)
    return at


def hold(connection: Connection, sender: str, until: datetime, now: datetime) -> None:
    """The provider wants no more before then."""
    if _locked(connection, sender, now) < until:
        _set(connection, sender, until, now)


def put_back(written: datetime, now: datetime) -> timedelta:
    """How far the clock has been put back since this moment was written down."""
    ahead = written - now
    return ahead if ahead > CLOCKS else timedelta()


def _locked(connection: Connection, sender: str, now: datetime) -> datetime:
    row = connection.execute(_NEXT, {"ours": sender}).first()
    if row is not None:
        next_at: datetime = row.next_at
        return next_at - put_back(row.set_at or now, now)
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(PaceRow).values(sender=sender, next_at=now).on_conflict_do_nothing())
    return _locked(connection, sender, now)


def _set(connection: Connection, sender: str, at: datetime, now: datetime) -> None:
    connection.execute(_SET, {"ours": sender, "next_at": at, "set_at": now})
