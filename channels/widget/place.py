"""Whose turn it is: how many wait for a person before this session."""

from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select

from channels.store.database import Database
from channels.store.desk import by_urgency
from channels.store.tables import HandoverRow

_WAITING = and_(HandoverRow.closed_at.is_(None), HandoverRow.taken_at.is_(None))


def place_of(database: Database, session_id: str) -> int | None:
    """1: next. None: it does not wait. In the order in which staff see the list."""
    with database.reading() as connection:
        mine = connection.execute(
            select(by_urgency, HandoverRow.asked_at, HandoverRow.id).where(
                _WAITING, HandoverRow.session_id == session_id
            )
        ).first()
        return 1 + _before(connection, *mine) if mine else None


def _before(connection: Connection, rank: int, asked_at: datetime, handover_id: int) -> int:
    earlier = or_(HandoverRow.asked_at < asked_at, and_(HandoverRow.asked_at == asked_at, HandoverRow.id < handover_id))
    before = or_(by_urgency < rank, and_(by_urgency == rank, earlier))
    return connection.execute(select(func.count()).select_from(HandoverRow).where(_WAITING, before)).scalar_one()
