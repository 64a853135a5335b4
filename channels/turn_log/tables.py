"""The tables of the turn log. A change here needs a migration (`channels/store/migrations/versions/`)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from channels.store.tables import Base, Instant

_HAS_TEXT = text("sealed_text IS NOT NULL")


class TurnRow(Base):
    """A turn. `person` is a hash under a salt that is thrown away with its day (persons.py)."""

    __tablename__ = "turns"
    __table_args__ = (
        Index("ix_turns_day_person", "day", "person"),
        Index("ix_turns_unanswered", "group_id", "id", sqlite_where=_HAS_TEXT, postgresql_where=_HAS_TEXT),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)  # the turn's id; of a message that may come again, a hash
    day: Mapped[date] = mapped_column(Date)  # in India
    at: Mapped[datetime] = mapped_column(Instant)
    person: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))  # empty: none was answered in
    outcome: Mapped[str] = mapped_column(String(16))
    entry: Mapped[str | None] = mapped_column(String(120))
    topic: Mapped[str | None] = mapped_column(String(64))
    district: Mapped[str | None] = mapped_column(String(64))
    task: Mapped[str | None] = mapped_column(String(32))
    milliseconds: Mapped[int] = mapped_column(Integer)
    mark: Mapped[str | None] = mapped_column(String(8))  # up | down | wrong
    thumb: Mapped[str | None] = mapped_column(String(8))  # the user's own, while staff's `wrong` stands in its place
    sealed_text: Mapped[str | None] = mapped_column(Text)  # without numbers; of what was not answered, or badly
    group_id: Mapped[int | None] = mapped_column(Integer)


class CountRow(Base):
    """How many on one day: turns by outcome, topic, entry, district, speed; marks; people."""

    __tablename__ = "turn_counts"
    __table_args__ = ({"sqlite_with_rowid": False},)  # read by ranges of its key

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    value: Mapped[str] = mapped_column(String(120), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class TotalRow(Base):
    """The same over all channels and languages: what is asked for most often, and far fewer rows."""

    __tablename__ = "turn_totals"
    __table_args__ = ({"sqlite_with_rowid": False},)

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    value: Mapped[str] = mapped_column(String(120), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class SaltRow(Base):
    """What the hashes of one day are made with. Without it they lead nowhere."""

    __tablename__ = "turn_salts"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))


class GroupRow(Base):
    """Messages that mean the same and were not answered, as last put together. Whoever sees to it closes it."""

    __tablename__ = "turn_groups"
    __table_args__ = (Index(None, "state", "count"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    state: Mapped[str] = mapped_column(String(16))  # open | answered | dismissed
    count: Mapped[int] = mapped_column(Integer)
    languages: Mapped[Any] = mapped_column(JSON)  # {"hi": 3}
    districts: Mapped[Any] = mapped_column(JSON)
    examples: Mapped[Any] = mapped_column(JSON)  # ids of turns, the one nearest the middle first
    near: Mapped[Any] = mapped_column(JSON)  # entries like it: [{"entry_id", "title": {"hi", "en"}, "score"}]
    entry: Mapped[str | None] = mapped_column(String(120))  # that is being written or changed to answer it
    made_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str | None] = mapped_column(Text)
