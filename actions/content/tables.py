"""The tables of the edits. A change here needs a migration (`migrations/versions/`)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from actions.applications.tables import NAMES, Instant

LONGEST_ID, LONGEST_NAME = 120, 80


class State(StrEnum):
    """Of a version. At most one of an entry is open (draft or proposed), and at most one published."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    REJECTED = "rejected"
    REPLACED = "replaced"  # by a later version, before or after it was published
    WITHDRAWN = "withdrawn"  # published by mistake, and taken back
    IN_FILES = "in_files"  # published, and meanwhile in the repository


OPEN = (State.DRAFT, State.PROPOSED)


class ContentBase(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class VersionRow(ContentBase):
    """One saving of one entry; its text never changes."""

    __tablename__ = "content_versions"
    __table_args__ = (UniqueConstraint("entry", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entry: Mapped[str] = mapped_column(String(LONGEST_ID))
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16), index=True)
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(LONGEST_NAME))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    proposed_by: Mapped[str | None] = mapped_column(String(LONGEST_NAME))
    withdrawal_by: Mapped[str | None] = mapped_column(String(LONGEST_NAME))  # who wants it taken back


class MoveRow(ContentBase):
    """What somebody did with a version, in order; `what` also says that an agent suggested a correction."""

    __tablename__ = "content_moves"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entry: Mapped[str] = mapped_column(String(LONGEST_ID), index=True)
    number: Mapped[int] = mapped_column(Integer)
    what: Mapped[str] = mapped_column(String(16))
    who: Mapped[str] = mapped_column(String(LONGEST_NAME))
    at: Mapped[datetime] = mapped_column(Instant)
    words: Mapped[str] = mapped_column(Text)


class TrialRow(ContentBase):
    """A test run, kept where every process can tell how far it is."""

    __tablename__ = "content_trials"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    entry: Mapped[str] = mapped_column(String(LONGEST_ID))
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    state: Mapped[str] = mapped_column(String(16))
    done: Mapped[int] = mapped_column(Integer)
    total: Mapped[int] = mapped_column(Integer)
    result: Mapped[str] = mapped_column(Text)
