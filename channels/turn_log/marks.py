"""Whether an answer helped, as users say it with a thumb or a word, and staff by marking it wrong."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, update

from channels.errors import StoreFailure
from channels.handovers import Handovers
from channels.logs import log
from channels.memory import Recent
from channels.store.rows import AnyRow
from channels.turn_log import persons
from channels.turn_log.counting import Counts
from channels.turn_log.log import TurnLog
from channels.turn_log.noted import Noted, has_question
from channels.turn_log.tables import TurnRow
from channels.turn_log.texts import Texts
from channels.turn_log.words import Mark, mark_of
from channels.turn_log.writing import TURN, key_of

ANSWERS = frozenset({"answered", "verdict_given", "status_given"})
_FRESH = timedelta(minutes=30)
_WRITTEN_SECONDS = 1.0


class Marks:
    """Remembers the last questions, so that one whose answer is marked down can be kept for staff."""

    def __init__(
        self, turn_log: TurnLog, store: Handovers, texts: Texts, clock: Callable[[], datetime], remembered: int
    ) -> None:
        self._log, self._store, self._texts, self._clock = turn_log, store, texts, clock
        self._asked: Recent[str] = Recent(remembered)  # by the turn's id

    def note(self, noted: Noted) -> None:
        if noted.outcome in ANSWERS and has_question(noted.text):
            self._asked.put(noted.turn_id, noted.text)
            self._asked.put(f"{noted.session_id}|last", noted.text)

    async def heard(self, session_id: str, text: str, message_id: str | None = None) -> Mark | None:
        """The mark that a message gives the answer just before it; None where it is a message like any other."""
        mark = mark_of(text)
        if mark is None:
            return None
        asked = self._asked.get(f"{session_id}|last")
        try:
            return mark if await self._written(_mark_last, session_id, message_id, mark, asked) else None
        except StoreFailure as failure:
            log.warning("store_failed", step="mark", reason=failure.reason)
            return None

    async def last(self, session_id: str, mark: Mark) -> bool:
        """Marks the answer a caller has just heard. Raises StoreFailure."""
        return await self._written(_mark_last, session_id, None, mark, self._asked.get(f"{session_id}|last"))

    async def of_turn(self, session_id: str, turn_id: str, mark: Mark) -> bool:
        """False: this session has had no such turn today. Raises StoreFailure."""
        return await self._written(_mark_own, session_id, turn_id, mark, self._asked.get(turn_id))

    async def wrong(self, turn_id: str, text: str | None = None) -> bool:
        """By staff, of whatever day; `text`: what was asked, where they have it before them. Raises StoreFailure."""
        asked = text if text and has_question(text) else self._asked.get(turn_id)
        return await self._written(_mark_any, turn_id, "wrong", asked)

    async def not_wrong(self, turn_id: str) -> bool:
        """Takes back what staff said; a thumb of the user holds again. Raises StoreFailure."""
        return await self._written(_unmark, turn_id)

    async def _written(self, change: Callable[..., bool], *args: Any) -> bool:
        """After all that was noted before it."""
        await self._log.written(_WRITTEN_SECONDS)
        return await self._store.run(self._change, change, *args)

    def _change(self, change: Callable[..., bool], *args: Any) -> bool:
        with self._store.database.writing() as connection:
            return change(connection, self._texts, self._clock(), *args)


def _mark_last(
    connection: Connection,
    texts: Texts,
    now: datetime,
    session_id: str,
    message_id: str | None,
    mark: Mark,
    asked: str | None,
) -> bool:
    """Only where the turn before this message was an answer; `message_id`: of this message, which may come again."""
    person, salt = _person(connection, session_id, now)
    of_today = TURN.where(TurnRow.day == persons.day_of(now), TurnRow.person == person)
    before = of_today.where(TurnRow.key != key_of("", message_id, salt)).order_by(TurnRow.id.desc()).limit(1)
    row = connection.execute(before).first()
    if row is None or row.outcome not in ANSWERS or row.at < now - _FRESH:
        return False
    _give(connection, texts, row, mark, asked)
    return True


def _mark_own(
    connection: Connection, texts: Texts, now: datetime, session_id: str, turn_id: str, mark: Mark, asked: str | None
) -> bool:
    person, _ = _person(connection, session_id, now)
    row = connection.execute(TURN.where(TurnRow.key == turn_id, TurnRow.person == person)).first()
    if row is None:
        return False
    _give(connection, texts, row, mark, asked)
    return True


def _mark_any(connection: Connection, texts: Texts, now: datetime, turn_id: str, mark: Mark, asked: str | None) -> bool:
    row = connection.execute(TURN.where(TurnRow.key == turn_id)).first()
    if row is None:
        return False
    _give(connection, texts, row, mark, asked)
    return True


def answers_of(connection: Connection, session_id: str, now: datetime) -> list[AnyRow]:
    """The answers that this session got today; of earlier days nobody can say whose they were."""
    person, _ = _person(connection, session_id, now)
    mine = TURN.where(TurnRow.day == persons.day_of(now), TurnRow.person == person, TurnRow.outcome.in_(ANSWERS))
    return list(connection.execute(mine.order_by(TurnRow.id)).all())


def _person(connection: Connection, session_id: str, now: datetime) -> tuple[str, str]:
    salt = persons.salt_if_any(connection, persons.day_of(now)) or ""
    return persons.hashed(salt, "session", session_id), salt


def _give(connection: Connection, texts: Texts, row: AnyRow, mark: Mark, asked: str | None) -> None:
    """The latest mark counts, but staff's is not taken back by a thumb."""
    if row.mark == "wrong" != mark:
        connection.execute(update(TurnRow).where(TurnRow.id == row.id).values(thumb=mark))
    if row.mark in (mark, "wrong"):
        return
    counts, turn = Counts(), dict(row._mapping)
    if row.mark:
        counts.add("mark", row.mark, turn, -1)
    counts.add("mark", mark, turn, 1)
    counts.write(connection)
    values: dict[str, Any] = {"mark": mark, "thumb": row.mark if mark == "wrong" else None}
    if row.outcome in ANSWERS:
        values["sealed_text"] = texts.seal(asked) if asked and mark != "up" else None
        values["group_id"] = None
    connection.execute(update(TurnRow).where(TurnRow.id == row.id).values(values))


def _unmark(connection: Connection, texts: Texts, now: datetime, turn_id: str) -> bool:
    row = connection.execute(TURN.where(TurnRow.key == turn_id)).first()
    if row is None:
        return False
    if row.mark == "wrong":
        _count_again(connection, row)
        values: dict[str, Any] = {"mark": row.thumb, "thumb": None}
        if row.outcome in ANSWERS and row.thumb != "down":
            values |= {"sealed_text": None, "group_id": None}
        connection.execute(update(TurnRow).where(TurnRow.id == row.id).values(values))
    return True


def _count_again(connection: Connection, row: AnyRow) -> None:
    counts, turn = Counts(), dict(row._mapping)
    counts.add("mark", "wrong", turn, -1)
    if row.thumb:
        counts.add("mark", row.thumb, turn, 1)
    counts.write(connection)
