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
    # NOT EXISTS: a NOT IN over more than fits into its memory is looked through by PostgreSQL for each row.
    is_sent = select(OutboundRow.id).where(OutboundRow.inbound_id == InboundRow.id).exists()
    done = (InboundRow.received_at < before, InboundRow.state == "answered", ~is_sent)
    answered = connection.execute(delete(InboundRow).where(*done)).rowcount
    has_mail = [select(each.id).where(each.contact_id == ContactRow.id).exists() for each in (OutboundRow, InboundRow)]
    old = (ContactRow.last_inbound_at < before, ContactRow.state == "active", *(~each for each in has_mail))
    people = connection.execute(delete(ContactRow).where(*old)).rowcount
    counts = {"messages sent": sent, "messages answered": answered, "people": people}
    tidied(connection, counts, now or datetime.now(UTC))
