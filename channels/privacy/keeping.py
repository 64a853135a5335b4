"""What is kept how long, and deleted when its time is over. docs/privacy.md has the same table in words."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, text, update

from channels.delivery import tending
from channels.errors import BotFailure
from channels.logs import log, where
from channels.privacy.tidied import tidied
from channels.settings import Settings
from channels.store.console_tables import AuditRow, SessionRow
from channels.store.database import Database
from channels.store.tables import CallRow, HandoverRow
from channels.transcripts.tables import TranscriptTurnRow
from channels.turn_log import writing

HOURLY = 3600.0
_LONGEST_CALL = timedelta(hours=4)
_PATIENCE = "SET LOCAL statement_timeout = '10min'"  # the first time there may be very much, and nobody waits for it
TidyBot = Callable[[datetime], Awaitable[int]]


def tidy(connection: Connection, settings: Settings, now: datetime) -> None:
    """Everything in the gateway's store whose time is over. Done twice it is as if done once."""

    def before(days: int) -> datetime:
        return now - timedelta(days=days)

    if connection.dialect.name == "postgresql":
        connection.execute(text(_PATIENCE))
    tending.tidy(connection, before(settings.keep_messages_days), now)
    writing.tidy(connection, now, timedelta(days=settings.turn_log_days))
    transcripts = now - timedelta(hours=settings.transcript_hours)
    stray = (CallRow.started_at < now - _LONGEST_CALL, CallRow.sealed_state.is_not(None))
    counts = {
        "conversations with staff": _delete_handovers(connection, before(settings.keep_handovers_days)),
        "call records": connection.execute(
            delete(CallRow).where(CallRow.started_at < before(settings.keep_calls_days))
        ).rowcount,
        "states of calls": connection.execute(update(CallRow).where(*stray).values(sealed_state=None)).rowcount,
        "utterances": connection.execute(delete(TranscriptTurnRow).where(TranscriptTurnRow.at < transcripts)).rowcount,
        "logins": connection.execute(delete(SessionRow).where(SessionRow.expires_at < now)).rowcount,
        "audit entries": connection.execute(
            delete(AuditRow).where(AuditRow.at < before(settings.keep_audit_days))
        ).rowcount,
    }
    tidied(connection, counts, now)


def _delete_handovers(connection: Connection, before: datetime) -> int:
    """With their messages and notes; one that is open stays."""
    old = select(HandoverRow.id).where(HandoverRow.closed_at < before)
    return connection.execute(delete(HandoverRow).where(HandoverRow.id.in_(old))).rowcount


async def tidy_bot(database: Database, settings: Settings, tidy_bot: TidyBot, now: datetime) -> int:
    """Conversations that the bot remembers. Raises BotFailure."""
    count = await tidy_bot(now - timedelta(days=settings.keep_conversations_days))
    if count:
        await asyncio.to_thread(_note, database, count, now)
    return count


def _note(database: Database, count: int, now: datetime) -> None:
    with database.writing() as connection:
        tidied(connection, {"conversations of the bot": count}, now)


class Keeping:
    """The dated job of a running gateway: every hour, in each process, one after the other."""

    def __init__(self, settings: Settings, database: Database, of_bot: TidyBot, clock: Callable[[], datetime]) -> None:
        self._settings, self._database, self._of_bot, self._clock = settings, database, of_bot, clock
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._for_ever())

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def once(self) -> None:
        """What fails is tried again in an hour."""
        try:
            await asyncio.to_thread(self._tidy)
            await tidy_bot(self._database, self._settings, self._of_bot, self._clock())
        except BotFailure as failure:
            log.warning("tidy_failed", step="bot", reason=failure.reason)
        except Exception as error:
            log.warning("tidy_failed", step="store", error=type(error).__name__, where=where(error))

    def _tidy(self) -> None:
        with self._database.writing() as connection:
            tidy(connection, self._settings, self._clock())

    async def _for_ever(self) -> None:
        while True:
            await asyncio.sleep(HOURLY)
            await self.once()
