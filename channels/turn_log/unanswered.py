"""Groups of unanswered messages as staff see them. Each function works inside a transaction of its caller."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection, select, update

from channels.privacy import redact
from channels.store.rows import AnyRow
from channels.turn_log.tables import GroupRow, TurnRow
from channels.turn_log.texts import Texts

PAGE = 50
End = Literal["answered", "dismissed"]
GROUP = select(GroupRow.__table__)


@dataclass(frozen=True)
class Example:
    """A message as it was kept: without personal numbers."""

    text: str
    language: str
    district: str | None
    day: date
    outcome: str
    mark: str | None
    entry: str | None  # what it was answered with, where that was marked down


@dataclass(frozen=True)
class Seen:
    row: AnyRow
    examples: list[Example]


def groups(connection: Connection, texts: Texts, state: str = "open", page: int = 0) -> list[Seen]:
    """The most frequent first, a page and one more."""
    listed = GROUP.where(GroupRow.state == state).order_by(GroupRow.count.desc(), GroupRow.id)
    found = connection.execute(listed.offset(page * PAGE).limit(PAGE + 1)).all()
    turns = _turns(connection, [turn for row in found for turn in row.examples])
    return [Seen(row, [_example(turns[turn], texts) for turn in row.examples if turn in turns]) for row in found]


def one(connection: Connection, group_id: int) -> AnyRow | None:
    return connection.execute(GROUP.where(GroupRow.id == group_id)).first()


def examples(connection: Connection, texts: Texts, group_id: int, most: int = 50) -> list[Example]:
    """What was said in it, the newest first and each wording once: to write an answer or questions from."""
    mine = select(TurnRow.__table__).where(TurnRow.group_id == group_id, TurnRow.sealed_text.is_not(None))
    found = connection.execute(mine.order_by(TurnRow.id.desc()).limit(4 * most)).all()
    read = (_example(row, texts) for row in found)
    return list({each.text: each for each in read if each.text}.values())[:most]


def close(
    connection: Connection, group_id: int, how: End, login: str, now: datetime, reason: str | None = None
) -> bool:
    """False: it is not there, or is closed already."""
    is_open = (GroupRow.id == group_id, GroupRow.state == "open")
    values = {"state": how, "closed_at": now, "closed_by": login, "reason": reason and redact(reason)}
    return connection.execute(update(GroupRow).where(*is_open).values(values)).rowcount == 1


def begin(connection: Connection, group_id: int, entry: str) -> None:
    """Somebody writes the answer: once this entry is published, the group is answered."""
    is_open = (GroupRow.id == group_id, GroupRow.state == "open")
    connection.execute(update(GroupRow).where(*is_open).values(entry=entry))


def begun_for(connection: Connection, entry: str) -> list[int]:
    found = select(GroupRow.id).where(GroupRow.entry == entry, GroupRow.state == "open").order_by(GroupRow.id)
    return list(connection.execute(found).scalars())


def reopen(connection: Connection, group_id: int) -> bool:
    closed = (GroupRow.id == group_id, GroupRow.state != "open")
    values = {"state": "open", "closed_at": None, "closed_by": None, "reason": None, "entry": None}
    return connection.execute(update(GroupRow).where(*closed).values(values)).rowcount == 1


def _turns(connection: Connection, ids: Sequence[int]) -> dict[int, AnyRow]:
    rows = connection.execute(select(TurnRow.__table__).where(TurnRow.id.in_(ids), TurnRow.sealed_text.is_not(None)))
    return {row.id: row for row in rows}


def _example(row: AnyRow, texts: Texts) -> Example:
    text = texts.open(row.sealed_text)
    return Example(text, row.language, row.district, row.day, row.outcome, row.mark, row.entry)
