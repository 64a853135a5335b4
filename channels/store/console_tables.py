"""The tables of the staff console. A change here needs a migration (`migrations/versions/`)."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from channels.store.sealed import Sealed
from channels.store.tables import Base, Instant


class AccountRow(Base):
    """Somebody of the staff. Never deleted, so that the audit can name them; `is_active` says whether they may in."""

    __tablename__ = "accounts"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str | None] = mapped_column(Text)  # none: comes through OpenID Connect only
    subject: Mapped[str | None] = mapped_column(String(255), unique=True)  # at the OpenID Connect issuer
    role: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    is_active: Mapped[bool] = mapped_column(Boolean)
    must_change: Mapped[bool] = mapped_column(Boolean)  # the password is a one-time one
    failed: Mapped[int] = mapped_column(Integer)  # wrong passwords since the last right one
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)


class SessionRow(Base):
    """A browser that is logged in, by the hash of its random id."""

    __tablename__ = "sessions"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class AuditRow(Base):
    """Who did what to whose data, and why. Nothing of the data itself."""

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    login: Mapped[str] = mapped_column(String(80), index=True)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str | None] = mapped_column(Text)


class NoteRow(Base):
    """What staff write for each other about a conversation."""

    __tablename__ = "notes"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handovers.id", ondelete="CASCADE"), index=True)
    login: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(Instant)
