"""The table of channels that are off. A change here needs a migration (`channels/store/migrations/versions/`)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from channels.store.tables import Base, Instant


class SwitchRow(Base):
    """A channel that is off; one that is on has no row."""

    __tablename__ = "switches"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    sentences: Mapped[Any] = mapped_column(JSON)  # by language; where one is missing the usual one is said
    by: Mapped[str] = mapped_column(String(80))
    since: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(Text)
