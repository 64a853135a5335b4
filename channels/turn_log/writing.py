"""Turns into the store, many in one transaction. Each function works inside a transaction of its caller."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from channels.privacy.tidied import tidied
from channels.turn_log import persons
from channels.turn_log.counting import Counts
from channels.turn_log.noted import Noted
from channels.turn_log.tables import GroupRow, TurnRow
from channels.turn_log.texts import Texts

TURN = select(TurnRow.__table__)
_SAME = ("turn_id", "session_id", "message_id", "text")  # of a Noted, what is no column


def write(connection: Connection, batch: Sequence[Noted], texts: Texts) -> None:
    """A turn that comes again, after a crash or while the bot did not answer, takes the place of the first."""
    counts = Counts()
    for noted in batch:
        salt = persons.salt(connection, noted.day)
        row = _row(noted, salt, texts)
        _take_back(connection, row["key"], counts)
        if not _is_known(connection, row["day"], row["person"]):
            counts.add("people", "", row, 1)
        connection.execute(insert(TurnRow).values(row))
        counts.turn(row)
    counts.write(connection)


def key_of(turn_id: str, message_id: str | None, salt: str) -> str:
    return persons.hashed(salt, "message", message_id) if message_id else turn_id


def _row(noted: Noted, salt: str, texts: Texts) -> dict[str, Any]:
    values = {name: value for name, value in vars(noted).items() if name not in _SAME}
    return values | {
        "day": noted.day,
        "key": key_of(noted.turn_id, noted.message_id, salt),
        "person": persons.hashed(salt, "session", noted.session_id),
        "sealed_text": texts.seal(noted.text) if noted.keeps_text else None,
    }


def _take_back(connection: Connection, key: str, counts: Counts) -> None:
    old = connection.execute(TURN.where(TurnRow.key == key)).first()
    if old is None:
        return
    counts.turn(dict(old._mapping), -1)
    connection.execute(delete(TurnRow).where(TurnRow.id == old.id))
    if not _is_known(connection, old.day, old.person):
        counts.add("people", "", dict(old._mapping), -1)


def _is_known(connection: Connection, day: date, person: str) -> bool:
    found = select(TurnRow.id).where(TurnRow.day == day, TurnRow.person == person).limit(1)
    return connection.execute(found).first() is not None


def tidy(connection: Connection, now: datetime, kept: timedelta) -> None:
    """Turns that are too old, groups that nothing is left of, salts of days that are over. Counts stay."""
    persons.forget(connection, persons.day_of(now))
    turns = connection.execute(delete(TurnRow).where(TurnRow.day < persons.day_of(now - kept))).rowcount
    is_used = select(TurnRow.id).where(TurnRow.group_id == GroupRow.id, TurnRow.sealed_text.is_not(None)).exists()
    groups = connection.execute(delete(GroupRow).where(~is_used)).rowcount
    tidied(connection, {"turns": turns, "groups of questions": groups}, now)


def forget_today(connection: Connection, session_id: str, today: date) -> None:
    """What this person asked today loses its text; of earlier days nobody knows what was theirs."""
    salt = persons.salt_if_any(connection, today)
    if salt is None:
        return
    mine = (TurnRow.day == today, TurnRow.person == persons.hashed(salt, "session", session_id))
    connection.execute(update(TurnRow).where(*mine).values(sealed_text=None, group_id=None))
