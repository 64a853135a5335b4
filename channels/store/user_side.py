"""A handover as the user's side sees it: asked for, spoken in, listened to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import Connection, Select, insert

from channels.bot_models import HandoverAsk
from channels.errors import StoreCrossed
from channels.models import Channel, HandoverState, Language
from channels.store import rows
from channels.store.database import Database
from channels.store.rows import MESSAGES, AnyRow, Rules
from channels.store.tables import HandoverRow, MessageRow

URGENCIES = ("normal", "high", "urgent")
PAGE = 100


@dataclass(frozen=True)
class Glance:
    """What a look at a session shows; `is_news`: there is something to hear or to write down."""

    state: HandoverState | None
    is_news: bool


@dataclass(frozen=True)
class Heard:
    """Who has the conversation, and the messages that were not delivered before (or came after an id)."""

    state: HandoverState | None = None
    messages: tuple[AnyRow, ...] = ()


class UserSide:
    def __init__(self, database: Database, rules: Rules, clock: Callable[[], datetime]) -> None:
        self._database, self._rules, self._clock = database, rules, clock

    def glance(self, session_id: str) -> Glance:
        """Only reads: all that most turns need."""
        with self._database.reading() as connection:
            state = rows.state_of(rows.open_of(connection, session_id))
            is_news = connection.execute(_undelivered(session_id).limit(1)).first() is not None
        return Glance(state, is_news or state == "taken")

    def hear(self, session_id: str, text: str, message_id: str | None = None) -> Heard:
        """Keeps the text for the person who has the conversation; gives what was not delivered yet."""
        now = self._clock()
        with self._database.writing() as connection:
            row = self._current(connection, session_id, now)
            if row is not None and row.taken_at and text and not rows.is_kept(connection, message_id):
                rows.add_message(connection, row, "user", text, now, message_id=message_id)
            messages = connection.execute(_undelivered(session_id)).all()
            rows.mark_delivered(connection, messages, now)
        return Heard(rows.state_of(row), tuple(messages))

    def follow(self, session_id: str, after: int) -> Heard:
        """The messages after an id, the same however often asked."""
        now = self._clock()
        with self._database.reading() as connection:
            heard = _after(connection, session_id, after)
            is_silent = rows.is_silent(rows.open_of(connection, session_id), self._rules, now)
        if not is_silent and all(row.delivered_at for row in heard.messages):
            return heard
        with self._database.writing() as connection:
            self._current(connection, session_id, now)
            heard = _after(connection, session_id, after)
            rows.mark_delivered(connection, heard.messages, now)
        return heard

    def ask(self, session_id: str, channel: Channel, language: Language, asks: list[HandoverAsk]) -> HandoverState:
        """Opens a handover, or makes the waiting one more urgent."""
        try:
            return self._ask(session_id, channel, language, asks)
        except StoreCrossed:  # another process opened one at this moment
            return self._ask(session_id, channel, language, asks)

    def _ask(self, session_id: str, channel: Channel, language: Language, asks: list[HandoverAsk]) -> HandoverState:
        now = self._clock()
        with self._database.writing() as connection:
            row = self._current(connection, session_id, now)
            if row is not None:
                _raise(connection, row, asks)
                return "taken" if row.taken_at else "waiting"
            worst = max(asks, key=_rank)
            values = {"session_id": session_id, "channel": channel, "language": language, "asked_at": now}
            values |= {**worst.model_dump(), "call_back": _call_back(asks)}
            connection.execute(insert(HandoverRow).values(**values))
        return "waiting"

    def _current(self, connection: Connection, session_id: str, now: datetime) -> AnyRow | None:
        """The open handover, locked; one whose staff fell silent is over."""
        row = rows.lock_open_of(connection, session_id)
        if row is None or not rows.is_silent(row, self._rules, now):
            return row
        rows.end(connection, row, "silent", None, self._rules, now)
        return None


def _raise(connection: Connection, row: AnyRow, asks: list[HandoverAsk]) -> None:
    """A lesser wish does not hide a greater one: who spoke of distress and then asks for a person.

    The number to phone is kept whatever else is wished.
    """
    worst = max(asks, key=_rank)
    if _rank(worst) >= URGENCIES.index(row.urgency):
        rows.change(connection, row.id, **worst.model_dump(exclude={"call_back"}))
    if call_back := _call_back(asks):
        rows.change(connection, row.id, call_back=call_back)


def _call_back(asks: list[HandoverAsk]) -> str | None:
    return next((ask.call_back for ask in reversed(asks) if ask.call_back), None)


def _rank(ask: HandoverAsk) -> int:
    return URGENCIES.index(ask.urgency)


def _after(connection: Connection, session_id: str, after: int) -> Heard:
    """The state first: whoever is told that it is over has the last sentence too."""
    state = rows.state_of(rows.open_of(connection, session_id))
    messages = connection.execute(_to_user(session_id).where(MessageRow.id > after).limit(PAGE)).all()
    return Heard(state, tuple(messages))


def _undelivered(session_id: str) -> Select[Unpack[tuple[Any, ...]]]:
    return _to_user(session_id).where(MessageRow.delivered_at.is_(None))


def _to_user(session_id: str) -> Select[Unpack[tuple[Any, ...]]]:
    of_session = MESSAGES.join(HandoverRow, MessageRow.handover_id == HandoverRow.id)
    return of_session.where(HandoverRow.session_id == session_id, MessageRow.speaker != "user")
