"""What both sides of a handover do with its rows. Each function works inside a transaction of its caller."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Unpack

from sqlalchemy import Connection, Row, Select, insert, select, update

from channels.models import HandoverState, Language
from channels.sentences import ASSISTANT_AGAIN, STAFF_SILENT
from channels.store.tables import HandoverRow, MessageRow
from channels.written import has_devanagari

AnyRow = Row[Unpack[tuple[Any, ...]]]
Say = Callable[[str, Language], str]  # a sentence of the gateway by its key

ENDED_SAYS = {"returned": ASSISTANT_AGAIN, "closed": ASSISTANT_AGAIN, "silent": STAFF_SILENT}


Own = Literal["staff", "system"]
# (connection, session, speaker, text): whether it goes out by itself; else the session fetches it.
Post = Callable[[Connection, str, Own, str], bool]


@dataclass
class Rules:
    """When staff count as silent, what a user is told at the end, and how it reaches them."""

    silence: timedelta
    say: Say
    post: Post = lambda connection, session_id, speaker, text: False


HANDOVER = select(HandoverRow.__table__)
MESSAGES = select(MessageRow.__table__).order_by(MessageRow.id)


def open_of(connection: Connection, session_id: str) -> AnyRow | None:
    return connection.execute(_open(session_id)).first()


def lock_open_of(connection: Connection, session_id: str) -> AnyRow | None:
    """Nobody else changes it, or writes a message to it, until the transaction ends."""
    return connection.execute(_open(session_id).with_for_update()).first()


def state_of(row: AnyRow | None) -> HandoverState | None:
    if row is None or row.closed_at:
        return None
    return "taken" if row.taken_at else "waiting"


def is_silent(row: AnyRow | None, rules: Rules, now: datetime) -> bool:
    """Taken, and nothing was heard of staff for too long."""
    return row is not None and state_of(row) == "taken" and row.staff_at + rules.silence <= now


def tell(
    connection: Connection,
    handover: AnyRow,
    speaker: Own,
    text: str,
    rules: Rules,
    now: datetime,
) -> int:
    """Writes to the user. To a person on WhatsApp or SMS it goes out with the same transaction."""
    is_posted = rules.post(connection, handover.session_id, speaker, text)
    return add_message(connection, handover, speaker, text, now, delivered_at=now if is_posted else None)


def is_kept(connection: Connection, message_id: str | None) -> bool:
    if message_id is None:
        return False
    found = select(MessageRow.id).where(MessageRow.message_id == message_id)
    return connection.execute(found).first() is not None


def add_message(
    connection: Connection, handover: AnyRow, speaker: Literal["user"] | Own, text: str, now: datetime, **more: Any
) -> int:
    values = more | {
        "handover_id": handover.id,
        "speaker": speaker,
        "text": text,
        "language": written_in(text, handover.language),
        "at": now,
    }
    key = connection.execute(insert(MessageRow).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def end(connection: Connection, row: AnyRow, how: str, reason: str | None, rules: Rules, now: datetime) -> None:
    """Gives the conversation back to the bot, and leaves the sentence that says so."""
    tell(connection, row, "system", rules.say(ENDED_SAYS[how], row.language), rules, now)
    change(connection, row.id, closed_at=now, ended=how, end_reason=reason)


def change(connection: Connection, handover_id: int, **values: Any) -> None:
    connection.execute(update(HandoverRow).where(HandoverRow.id == handover_id).values(**values))


def mark_delivered(connection: Connection, messages: Sequence[AnyRow], now: datetime) -> None:
    ids = [row.id for row in messages if row.delivered_at is None]
    if ids:
        connection.execute(update(MessageRow).where(MessageRow.id.in_(ids)).values(delivered_at=now))


def written_in(text: str, language: Language) -> Language:
    """By its letters; Latin ones are taken for the language of the conversation."""
    if has_devanagari(text):
        return "hi"
    return "hi-Latn" if language == "hi" else language


def _open(session_id: str) -> Select[Unpack[tuple[Any, ...]]]:
    return HANDOVER.where(HandoverRow.session_id == session_id, HandoverRow.closed_at.is_(None))
