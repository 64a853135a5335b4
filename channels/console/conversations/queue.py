"""The open conversations as a list: the most urgent first, then who has waited longest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from channels.console.accounts import people
from channels.console.conversations.masking import masked
from channels.console.roles import Account
from channels.store.rows import AnyRow
from channels.store.tables import HandoverRow, MessageRow

PAGE = 50
_COLUMNS = (HandoverRow.id, HandoverRow.ended, HandoverRow.end_reason, HandoverRow.closed_at, HandoverRow.taken_by)


@dataclass(frozen=True)
class Item:
    """`waits`: the last word is the user's. `holder` is how staff call who has it."""

    row: AnyRow
    summary: str
    holder: str | None
    minutes: int
    waits: bool

    @property
    def days(self) -> int:
        return self.minutes // (24 * 60)

    @property
    def hours(self) -> int:
        return self.minutes // 60


def items(connection: Connection, rows: Sequence[AnyRow], now: datetime) -> list[Item]:
    """Two queries, however many there are."""
    named = people.names(connection, {row.taken_by for row in rows if row.taken_by})
    last = _last_speakers(connection, [row.id for row in rows])
    return [_item(row, named, last, now) for row in rows]


def _item(row: AnyRow, named: dict[str, str], last: dict[int, str], now: datetime) -> Item:
    minutes = max(0, int((now - row.asked_at).total_seconds() // 60))
    holder = named.get(row.taken_by, row.taken_by)
    return Item(row, masked(row.summary), holder, minutes, last.get(row.id) == "user")


def _last_speakers(connection: Connection, ids: list[int]) -> dict[int, str]:
    newest = select(func.max(MessageRow.id)).where(MessageRow.handover_id.in_(ids)).group_by(MessageRow.handover_id)
    found = select(MessageRow.handover_id, MessageRow.speaker).where(MessageRow.id.in_(newest.scalar_subquery()))
    return {row.handover_id: row.speaker for row in connection.execute(found)} if ids else {}


def over(connection: Connection, who: Account, before: int | None) -> Sequence[AnyRow]:
    """Those that are over, the newest first: one's own, for supervisors all."""
    listed = select(*_COLUMNS).where(HandoverRow.closed_at.is_not(None)).order_by(HandoverRow.id.desc())
    if not who.may("supervisor"):
        listed = listed.where(HandoverRow.taken_by == who.login)
    if before:
        listed = listed.where(HandoverRow.id < before)
    return connection.execute(listed.limit(PAGE + 1)).all()


def may_see(row: AnyRow, who: Account) -> bool:
    """Open ones are everybody's; what is over belongs to who had it and to supervisors."""
    return row.closed_at is None or row.taken_by == who.login or who.may("supervisor")
