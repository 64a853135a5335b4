"""The tables of the application store. A change here needs a migration (`migrations/versions/`)."""

from datetime import UTC, date, datetime

from sqlalchemy import (
    Date,
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
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

HASH = 64
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


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


class ApplicationRow(Base):
    """Number and mobile are here only hashed (to find) and sealed (to read)."""

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number_hash: Mapped[str] = mapped_column(String(HASH), unique=True)
    number_sealed: Mapped[str] = mapped_column(Text)
    mobile_hash: Mapped[str] = mapped_column(String(HASH), index=True)
    mobile_sealed: Mapped[str] = mapped_column(Text)
    scheme: Mapped[str] = mapped_column(String(32))
    district: Mapped[str] = mapped_column(String(32))
    row_hash: Mapped[str] = mapped_column(String(HASH))  # of all it was imported from: equal, nothing changed
    changed_at: Mapped[datetime] = mapped_column(Instant)


class StageRow(Base):
    __tablename__ = "application_stages"
    __table_args__ = (UniqueConstraint("application_id", "place"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(32))
    reached_on: Mapped[date] = mapped_column(Date)


class CodeRow(Base):
    """A one-time code that was sent, or would have been: for an unknown number too there is a row."""

    __tablename__ = "application_codes"
    __table_args__ = (
        Index(None, "number_hash", "made_at"),
        Index(None, "session_hash", "made_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number_hash: Mapped[str] = mapped_column(String(HASH))
    session_hash: Mapped[str] = mapped_column(String(HASH))
    code_hash: Mapped[str] = mapped_column(String(HASH))
    made_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(Integer)
    used: Mapped[bool] = mapped_column()


class LookupRow(Base):
    """The audit: every look-up, whoever asked and however it ended."""

    __tablename__ = "application_lookups"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    way: Mapped[str] = mapped_column(String(16))
    contact_hash: Mapped[str] = mapped_column(String(HASH), index=True)
    number_hash: Mapped[str] = mapped_column(String(HASH), index=True)
    outcome: Mapped[str] = mapped_column(String(32))


class LetterRow(Base):
    """A letter somebody asked for. Without its link neither the row can be found nor the letter be read."""

    __tablename__ = "letters"

    id: Mapped[str] = mapped_column(String(HASH), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
