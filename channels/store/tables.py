"""The tables of the gateway's store. A change here needs a migration (`migrations/versions/`)."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, Integer, MetaData, String, Text, TypeDecorator, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_OPEN = text("closed_at IS NULL")


class Instant(TypeDecorator[datetime]):
    """A moment with its zone; SQLite, which knows none, keeps it in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class HandoverRow(Base):
    """Open until closed_at is set; a session has one open handover at most."""

    __tablename__ = "handovers"
    __table_args__ = (
        Index("uq_handovers_open", "session_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    session_id: Mapped[str] = mapped_column(String(64), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(16))
    urgency: Mapped[str] = mapped_column(String(8))
    summary: Mapped[str] = mapped_column(Text)
    call_back: Mapped[str | None] = mapped_column(Text)  # sealed
    asked_at: Mapped[datetime] = mapped_column(Instant)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_by: Mapped[str | None] = mapped_column(String(80))
    staff_at: Mapped[datetime | None] = mapped_column(Instant)  # when staff last took it or wrote
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    ended: Mapped[str | None] = mapped_column(String(16))
    end_reason: Mapped[str | None] = mapped_column(Text)


class MessageRow(Base):
    """Ids grow within a session: whoever writes one holds the lock on the session's open handover."""

    __tablename__ = "handover_messages"
    __table_args__ = (Index(None, "handover_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handovers.id", ondelete="CASCADE"))
    speaker: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(Instant)
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)


class CallRow(Base):
    """A telephone call: how it went, without a word of it or a number. `sealed_state` only while it lasts."""

    __tablename__ = "calls"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    step: Mapped[int] = mapped_column(Integer)
    sealed_state: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    turns: Mapped[int] = mapped_column(Integer)
    outcomes: Mapped[Any] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    status: Mapped[str | None] = mapped_column(String(16))
    seconds: Mapped[int | None] = mapped_column(Integer)
