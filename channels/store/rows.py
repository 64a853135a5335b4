"""What both sides of a handover do with its rows. Each function works inside a transaction of its caller."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Unpack

from sqlalchemy import Connection, Row, Select, insert, select, update

from channels.models import HandoverState, Language, Speaker
from channels.sentences import ASSISTANT_AGAIN, STAFF_SILENT
from channels.store.tables import HandoverRow, MessageRow
from channels.written import has_devanagari

AnyRow = Row[Unpack[tuple[Any, ...]]]
Say = Callable[[str, Language], str]  # a sentence of the gateway by its key

ENDED_SAYS = {"returned": ASSISTANT_AGAIN, "closed": ASSISTANT_AGAIN, "silent": STAFF_SILENT}


@dataclass(frozen=True)
class Rules:
    """When staff count as silent, and what a user is told at the end."""

    silence: timedelta
    say: Say


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


def add_message(connection: Connection, handover: AnyRow, speaker: Speaker | str, text: str, now: datetime) -> int:
    values = {
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
    add_message(connection, row, "system", rules.say(ENDED_SAYS[how], row.language), now)
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
