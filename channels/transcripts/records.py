"""The answered utterances in the store. Sealed: they hold what people said and were told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel
from sqlalchemy import Connection, delete, insert, select

from channels.sealing import open_turn, seal_turn
from channels.store.database import Database
from channels.transcripts.models import Prompt
from channels.transcripts.tables import TranscriptTurnRow


class Pending(BaseModel):
    """What was heard badly and waits for a yes, asked for by voice first, then by keys."""

    text: str
    asked: Literal["speech", "keys"] = "speech"


class Answered(BaseModel):
    prompt: Prompt
    pending: Pending | None = None


@dataclass(frozen=True)
class Record:
    sequence: int
    answered: Answered


class Records:
    """Each method is one transaction. What is older than `kept` goes."""

    def __init__(self, database: Database, secret: str, kept: timedelta, clock: Callable[[], datetime]) -> None:
        self._database, self._secret, self._kept, self._clock = database, secret, kept, clock

    def look(self, call: str, sequence: int) -> Record | None:
        """The record of this very utterance, else the call's last one."""
        with self._database.reading() as connection:
            return self._one(connection, call, sequence) or self._one(connection, call)

    def add(self, call: str, sequence: int, answered: Answered) -> None:
        """Raises StoreCrossed where another process answered the same utterance first."""
        now, table = self._clock(), TranscriptTurnRow
        sealed = seal_turn(answered.model_dump_json(), self._secret)
        with self._database.writing() as connection:
            connection.execute(delete(table).where(table.at < now - self._kept))
            connection.execute(insert(table).values(call=call, sequence=sequence, sealed=sealed, at=now))

    def _one(self, connection: Connection, call: str, sequence: int | None = None) -> Record | None:
        table = TranscriptTurnRow
        rows = select(table.sequence, table.sealed).where(table.call == call).order_by(table.sequence.desc()).limit(1)
        row = connection.execute(rows if sequence is None else rows.where(table.sequence == sequence)).first()
        opened = open_turn(row.sealed, self._secret) if row else None
        return Record(row.sequence, Answered.model_validate_json(opened)) if row and opened else None
