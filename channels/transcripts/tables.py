"""What was answered to each utterance, so that it is answered the same again."""

from datetime import datetime

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from channels.store.tables import Base, Instant


class TranscriptTurnRow(Base):
    """`call` is the session, a keyed hash of the vendor's id; `sealed` holds the prompt and what waits for a yes."""

    __tablename__ = "transcript_turns"

    call: Mapped[str] = mapped_column(String(64), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    sealed: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
