"""Words of a voice note that were read back to their speaker, and wait for a yes."""

from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from channels.store.tables import Base


class DoubtRow(Base):
    """The last of a contact; gone with their next message."""

    __tablename__ = "doubts"

    contact_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sealed_words: Mapped[str] = mapped_column(Text)
