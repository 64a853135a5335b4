"""How fast each of our addresses sends, over all processes: a place in time is reserved for each message."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from channels.store.tables import PaceRow


def reserve(connection: Connection, sender: str, rate: float, now: datetime) -> datetime:
    """When this message may leave. Nobody else reserves from this address until the transaction ends."""
    at = max(now, _locked(connection, sender, now))
    _set(connection, sender, at + timedelta(seconds=1 / rate))
    return at


def hold(connection: Connection, sender: str, until: datetime) -> None:
    """The provider wants no more before then."""
    if _locked(connection, sender, until) < until:
        _set(connection, sender, until)


def _locked(connection: Connection, sender: str, now: datetime) -> datetime:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(PaceRow).values(sender=sender, next_at=now).on_conflict_do_nothing()
    connection.execute(new)
    found = select(PaceRow.next_at).where(PaceRow.sender == sender).with_for_update()
    moment: datetime = connection.execute(found).scalar_one()
    return moment


def _set(connection: Connection, sender: str, at: datetime) -> None:
    connection.execute(update(PaceRow).where(PaceRow.sender == sender).values(next_at=at))
