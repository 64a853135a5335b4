"""A handover as staff see it: listed, taken by one of them, answered, given back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, case

from channels.errors import NoHandover, NotYours, Over
from channels.store import rows
from channels.store.database import Database
from channels.store.rows import HANDOVER, MESSAGES, AnyRow, Rules
from channels.store.tables import HandoverRow, MessageRow

by_urgency = case({"urgent": 0, "high": 1}, value=HandoverRow.urgency, else_=2)
End = Literal["returned", "closed"]


@dataclass(frozen=True)
class Conversation:
    handover: AnyRow
    messages: Sequence[AnyRow]


class Desk:
    """Whoever changes a handover holds its lock: what is checked is still so when it is written."""

    def __init__(self, database: Database, rules: Rules, clock: Callable[[], datetime]) -> None:
        self._database, self._rules, self._clock = database, rules, clock

    def open_ones(self) -> Sequence[AnyRow]:
        """The most urgent first, then who has waited longest; those left by silent staff are over."""
        now = self._clock()
        listed = HANDOVER.where(HandoverRow.closed_at.is_(None)).order_by(by_urgency, HandoverRow.asked_at)
        with self._database.reading() as connection:
            found = connection.execute(listed).all()
        silent = {row.id for row in found if rows.is_silent(row, self._rules, now)}
        for handover_id in silent:
            self._end_if_silent(handover_id, now)
        return [row for row in found if row.id not in silent]

    def one(self, handover_id: int) -> Conversation:
        with self._database.reading() as connection:
            return _conversation(connection, handover_id)

    def take(self, handover_id: int, staff: str) -> Conversation:
        """Raises NotYours when another has it; taking it again changes nothing."""
        now = self._clock()
        with self._database.writing() as connection:
            row = _lock_open(connection, handover_id)
            if row.taken_by is None:
                rows.change(connection, row.id, taken_by=staff, taken_at=now, staff_at=now)
            elif row.taken_by != staff:
                raise NotYours(row.taken_by)
            return _conversation(connection, handover_id)

    def take_over(self, handover_id: int, staff: str, holder: str) -> Conversation:
        """From the colleague who is known to have it. Raises NotYours where meanwhile somebody else has."""
        now = self._clock()
        with self._database.writing() as connection:
            row = _lock_open(connection, handover_id)
            if row.taken_by is None or row.taken_by not in (holder, staff):
                raise NotYours(row.taken_by)
            rows.change(connection, row.id, taken_by=staff, staff_at=now)
            return _conversation(connection, handover_id)

    def say(self, handover_id: int, staff: str, text: str) -> AnyRow:
        now = self._clock()
        with self._database.writing() as connection:
            row = _lock_held(connection, handover_id, staff)
            message_id = rows.tell(connection, row, "staff", text, self._rules, now)
            rows.change(connection, row.id, staff_at=now)
            return connection.execute(MESSAGES.where(MessageRow.id == message_id)).one()

    def give_back(self, handover_id: int, staff: str, how: End, reason: str | None = None) -> Conversation:
        """Staff may close what nobody has taken; the rest is for who has it."""
        now = self._clock()
        with self._database.writing() as connection:
            row = _lock_open(connection, handover_id)
            if row.taken_by != staff and (row.taken_by or how == "returned"):
                raise NotYours(row.taken_by)
            rows.end(connection, row, how, reason, self._rules, now)
            return _conversation(connection, handover_id)

    def _end_if_silent(self, handover_id: int, now: datetime) -> None:
        with self._database.writing() as connection:
            row = connection.execute(HANDOVER.where(HandoverRow.id == handover_id).with_for_update()).first()
            if row is not None and rows.is_silent(row, self._rules, now):
                rows.end(connection, row, "silent", None, self._rules, now)


def _conversation(connection: Connection, handover_id: int) -> Conversation:
    row = connection.execute(HANDOVER.where(HandoverRow.id == handover_id)).first()
    if row is None:
        raise NoHandover
    return Conversation(row, connection.execute(MESSAGES.where(MessageRow.handover_id == handover_id)).all())


def _lock_open(connection: Connection, handover_id: int) -> AnyRow:
    row = connection.execute(HANDOVER.where(HandoverRow.id == handover_id).with_for_update()).first()
    if row is None:
        raise NoHandover
    if row.closed_at:
        raise Over
    return row


def _lock_held(connection: Connection, handover_id: int, staff: str) -> AnyRow:
    row = _lock_open(connection, handover_id)
    if row.taken_by != staff:
        raise NotYours(row.taken_by)
    return row
