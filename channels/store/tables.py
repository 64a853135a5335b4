"""The tables of the gateway's store. A change here needs a migration (`migrations/versions/`)."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from channels.store.sealed import Sealed

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_OPEN = text("closed_at IS NULL")
_TO_ANSWER = text("state = 'received'")
_FAILED = text("state IN ('failed', 'dead')")
_TO_SEND = text("state IN ('waiting', 'sending')")


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
        Index("ix_handovers_waiting", "asked_at", "taken_at", "channel", "language"),  # all that figures read of it
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    session_id: Mapped[str] = mapped_column(String(64), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(16))
    urgency: Mapped[str] = mapped_column(String(8))
    summary: Mapped[str] = mapped_column(Sealed)
    call_back: Mapped[str | None] = mapped_column(Text)  # sealed
    asked_at: Mapped[datetime] = mapped_column(Instant)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_by: Mapped[str | None] = mapped_column(String(80))
    staff_at: Mapped[datetime | None] = mapped_column(Instant)  # when staff last took it or wrote
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    ended: Mapped[str | None] = mapped_column(String(16))
    end_reason: Mapped[str | None] = mapped_column(Sealed)


class MessageRow(Base):
    """Ids grow within a session: whoever writes one holds the lock on the session's open handover."""

    __tablename__ = "handover_messages"
    __table_args__ = (
        Index(None, "handover_id", "id"),
        Index("uq_handover_messages_message_id", "message_id", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handovers.id", ondelete="CASCADE"))
    speaker: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Sealed)
    language: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(Instant)
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)
    message_id: Mapped[str | None] = mapped_column(String(64))  # of a user's message that may come again


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


class ContactRow(Base):
    """A person on a channel. `key` is all that the rest of the gateway and the bot know them by."""

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    sealed_address: Mapped[str] = mapped_column(Text)  # empty once erased
    ours: Mapped[str] = mapped_column(String(64))  # the address of ours they wrote to, from which they are answered
    state: Mapped[str] = mapped_column(String(16))  # active | opted_out
    language: Mapped[str | None] = mapped_column(String(8))
    notice_version: Mapped[str | None] = mapped_column(String(16))
    hinted_at: Mapped[datetime | None] = mapped_column(Instant)  # when last told how to say whether an answer helped
    last_inbound_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)


class InboundRow(Base):
    """A message that came. Ids of one contact grow in the order in which they can be seen."""

    __tablename__ = "inbound"
    __table_args__ = (
        Index("ix_inbound_to_answer", "contact_id", "id", sqlite_where=_TO_ANSWER, postgresql_where=_TO_ANSWER),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    provider_id: Mapped[str] = mapped_column(String(64), unique=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    sealed_body: Mapped[str | None] = mapped_column(Text)  # until it is answered
    media: Mapped[str | None] = mapped_column(Text)  # JSON: [{"url": ..., "type": ...}]
    wish: Mapped[str | None] = mapped_column(String(8))  # stop | start | erase | show, if that is all it says
    is_told: Mapped[bool] = mapped_column(Boolean)  # the provider has answered the wish already
    received_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(16))  # received | answered | dead
    outcome: Mapped[str | None] = mapped_column(String(16))
    replays: Mapped[int] = mapped_column(Integer)


class OutboundRow(Base):
    """A message to go out. `sending` is written before the provider is called, so that a send cut off is known."""

    __tablename__ = "outbound"
    __table_args__ = (
        UniqueConstraint("inbound_id", "part"),
        Index("ix_outbound_to_send", "contact_id", "id", sqlite_where=_TO_SEND, postgresql_where=_TO_SEND),
        Index("ix_outbound_failed", "created_at", sqlite_where=_FAILED, postgresql_where=_FAILED),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound.id", ondelete="CASCADE"))
    part: Mapped[int] = mapped_column(Integer)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))  # reply | notice | consent | staff | system | hold
    sealed_text: Mapped[str] = mapped_column(Text)
    media_url: Mapped[str | None] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(16))  # waiting | sending | sent | failed | dead
    status: Mapped[str | None] = mapped_column(String(16))  # the provider's
    provider_id: Mapped[str | None] = mapped_column(String(64))
    error_code: Mapped[str | None] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(Integer)
    asked: Mapped[int] = mapped_column(Integer)  # how often the provider could not say whether it has it
    absences: Mapped[int] = mapped_column(Integer)  # how often it said that it has not
    not_before: Mapped[datetime] = mapped_column(Instant)  # the next send, or the next question about it
    created_at: Mapped[datetime] = mapped_column(Instant)
    sending_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)


class PaceRow(Base):
    """When the next message may leave from one of our addresses."""

    __tablename__ = "pace"

    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    next_at: Mapped[datetime] = mapped_column(Instant)
    set_at: Mapped[datetime | None] = mapped_column(Instant)  # when that was written


class GatewayRow(Base):
    """A process that delivers, and when it was last seen."""

    __tablename__ = "gateways"

    name: Mapped[str] = mapped_column(String(128), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Instant)
