"""Which processes deliver, and what is too old to keep."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from channels.privacy.tidied import tidied
from channels.store.tables import ContactRow, GatewayRow, InboundRow, OutboundRow

GONE_AFTER = timedelta(seconds=60)


def seen(connection: Connection, name: str, now: datetime) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = dialect.insert(GatewayRow).values(name=name, seen_at=now)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"seen_at": now}))


def gone(connection: Connection, name: str, now: datetime) -> list[str]:
    """Says that this one is there, and gives those that have not been for a while."""
    seen(connection, name, now)
    silent = select(GatewayRow.name).where(GatewayRow.seen_at < now - GONE_AFTER, GatewayRow.name != name)
    return list(connection.execute(silent).scalars())


def forget(connection: Connection, names: list[str], now: datetime) -> None:
    """Unless one is back."""
    silent = (GatewayRow.name.in_(names), GatewayRow.seen_at < now - GONE_AFTER)
    connection.execute(delete(GatewayRow).where(*silent))


def tidy(connection: Connection, before: datetime, now: datetime | None = None) -> None:
    """Messages that are done and old, and people who have not been heard of since. Who wants none stays known."""
    closed = (OutboundRow.created_at < before, OutboundRow.state.in_(("sent", "failed")))
    sent = connection.execute(delete(OutboundRow).where(*closed)).rowcount
    kept = select(OutboundRow.inbound_id).where(OutboundRow.inbound_id.is_not(None))
    done = (InboundRow.received_at < before, InboundRow.state == "answered", InboundRow.id.not_in(kept))
    answered = connection.execute(delete(InboundRow).where(*done)).rowcount
    has_mail = select(OutboundRow.contact_id).union(
        select(InboundRow.contact_id).where(InboundRow.contact_id.is_not(None))
    )
    old = (ContactRow.last_inbound_at < before, ContactRow.state == "active", ContactRow.id.not_in(has_mail))
    people = connection.execute(delete(ContactRow).where(*old)).rowcount
    counts = {"messages sent": sent, "messages answered": answered, "people": people}
    tidied(connection, counts, now or datetime.now(UTC))
