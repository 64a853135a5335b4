"""What the provider tells of a message after it took it: in any order, repeated, or before its own answer came."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from channels.delivery import contacts, outbox
from channels.providers.errors import meaning
from channels.store.rows import AnyRow
from channels.store.tables import OutboundRow

RANKS = {"accepted": 0, "scheduled": 0, "queued": 1, "sending": 2, "sent": 3, "delivered": 4, "read": 5}
FAILED = ("failed", "undelivered", "canceled")
_AGAIN = timedelta(minutes=2)
_MOST_COPIES = 3
_OF_REFERENCE = (
    select(OutboundRow.__table__).where(OutboundRow.reference == bindparam("its_reference")).with_for_update()
)


def risen(old: str | None, new: str) -> str | None:
    """The status after this news: a rank only rises, an end stays, what is no status counts for nothing."""
    if new not in FAILED and new not in RANKS:
        return old
    if old is None or old not in RANKS:
        return new if old is None else old
    if new in FAILED:
        return new if RANKS[old] < RANKS["delivered"] else old
    return new if RANKS[new] > RANKS[old] else old


def apply(
    connection: Connection, reference: str, provider_id: str, status: str, code: str | None, now: datetime
) -> int | None:
    """Gives the id of a message that is to be sent again, if there is one. Unknown references are no error."""
    row = connection.execute(_OF_REFERENCE, {"its_reference": reference}).first()
    if row is None or row.provider_id not in (None, provider_id):
        return None
    old, new = row.status, risen(row.status, status)
    values: dict[str, Any] = {"provider_id": provider_id, "status": new}
    if new not in FAILED and row.state != "sent":
        values |= {"state": "sent", "sent_at": now, "error_code": None}
    outbox.change(connection, row.id, **values)
    if new in FAILED:
        return fail(connection, row, code or "unknown", now) if old not in FAILED else None
    return None


def fail(connection: Connection, row: AnyRow, code: str, now: datetime) -> int | None:
    """It came to nothing after the provider had taken it. What may go again does so under a new reference."""
    consequence = meaning(code).consequence
    outbox.change(connection, row.id, state="dead" if consequence == "give_up" else "failed", error_code=code[:32])
    if consequence == "opted_out":
        contacts.change(connection, row.contact_id, state="opted_out")
    if consequence not in ("slow_down", "retry_later") or row.attempts > _MOST_COPIES:
        return None
    return outbox.add_copy(connection, row, now, now + _AGAIN * max(1, row.attempts))
