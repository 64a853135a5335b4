"""How much a contact has written lately. All of it is in the table, so that every process counts the same."""

from datetime import timedelta

from sqlalchemy import Connection, bindparam, func, select

from channels.caps import Cap
from channels.store.rows import AnyRow
from channels.store.tables import InboundRow

REFUSED = "too_many"  # the outcome of a message that was one too many; it is not counted itself
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
# What every message needs is put together once: that costs more than to run it.
_BEFORE = (InboundRow.contact_id == bindparam("its_contact"), InboundRow.id < bindparam("its_id"))
_COUNT = select(func.count(), func.count().filter(InboundRow.received_at > bindparam("minute"))).where(
    *_BEFORE, InboundRow.received_at > bindparam("day"), func.coalesce(InboundRow.outcome, "") != REFUSED
)
_LAST = select(InboundRow.outcome).where(*_BEFORE).order_by(InboundRow.id.desc()).limit(1)


def cap(connection: Connection, row: AnyRow, a_minute: int, a_day: int) -> Cap:
    """By when it came: what had to wait for the bot is not refused because it is answered all at once."""
    before = {"its_contact": row.contact_id, "its_id": row.id}
    since = {"minute": row.received_at - _MINUTE, "day": row.received_at - _DAY}
    of_day, of_minute = connection.execute(_COUNT, before | since).one()
    if of_minute < a_minute and of_day < a_day:
        return "go"
    return "over" if connection.execute(_LAST, before).scalar() == REFUSED else "first"
