"""Conversations with a person, for the rest of the gateway: the store, off the event loop and within a time."""

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import ParamSpec, TypeVar

from channels.bot_models import BotReply
from channels.errors import StoreFailure
from channels.logs import log
from channels.models import HandoverState, MessageIn, SentMessage
from channels.sentences import Sentences
from channels.settings import Settings
from channels.store.database import Database
from channels.store.desk import Desk
from channels.store.rows import AnyRow, Post, Rules
from channels.store.user_side import Heard, UserSide

Clock = Callable[[], datetime]
P = ParamSpec("P")
T = TypeVar("T")
THREADS = 8


def current_time() -> datetime:
    return datetime.now(UTC)


class Handovers:
    """What it knows is in the database, so that several gateways may answer one session."""

    def __init__(self, settings: Settings, sentences: Sentences, clock: Clock) -> None:
        self._seconds = settings.store_timeout_seconds
        key = settings.contact_seal_key.get_secret_value()
        self.database = Database(settings.database_address, self._seconds, key, settings.database_pool)
        self._rules = Rules(timedelta(minutes=settings.staff_silence_minutes), sentences.text)
        self._users = UserSide(self.database, self._rules, clock)
        self.desk = Desk(self.database, self._rules, clock)
        self._posted: Callable[[], None] = lambda: None
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="store")

    def connect(self, post: Post, posted: Callable[[], None]) -> None:
        """From now on what is written to people on WhatsApp and SMS goes out; `posted` is called after each time."""
        self._rules.post, self._posted = post, posted

    async def prepare(self) -> None:
        """Before the first message, not during it; without the store the bot still answers."""
        try:
            await self.run(self.database.prepare)
        except StoreFailure as failure:
            _warn("prepare", failure)

    async def hear(self, session_id: str, text: str, message_id: str | None = None) -> Heard:
        """`message_id`: of a message that may come again and is kept once.

        Raises StoreFailure only where a person has the conversation: the bot must not answer then."""
        try:
            glance = await self.run(self._users.glance, session_id)
        except StoreFailure as failure:
            _warn("look", failure)
            return Heard()
        if not glance.is_news:
            return Heard(glance.state)
        try:
            return await self.run(self._users.hear, session_id, text, message_id)
        except StoreFailure as failure:
            _warn("hear", failure)
            if glance.state == "taken":
                raise
            return Heard(glance.state)

    async def follow(self, session_id: str, after: int) -> Heard:
        return await self.run(self._users.follow, session_id, after)

    async def ask(self, message: MessageIn, replies: list[BotReply]) -> HandoverState | None:
        """The bot's wish is kept. If that fails the user still has the reply, which names the helpline."""
        asks = [reply.handover for reply in replies if reply.handover]
        language = replies[-1].language
        try:
            return await self.run(self._users.ask, message.session_id, message.channel, language, asks)
        except StoreFailure as failure:
            _warn("ask", failure)
            return None

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """In a thread. Raises StoreFailure when it fails or takes too long."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._seconds):
                done = await loop.run_in_executor(self._threads, functools.partial(call, *args, **kwargs))
        except TimeoutError:
            raise StoreFailure("timeout") from None
        self._posted()
        return done

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self.database.close()


def as_reply(row: AnyRow) -> BotReply:
    return BotReply(text=row.text, language=row.language, speaker=row.speaker)


def as_sent(row: AnyRow) -> SentMessage:
    return SentMessage.model_validate(row, from_attributes=True)


def _warn(what: str, failure: StoreFailure) -> None:
    """Which step failed and the kind of failure: nothing of what was said."""
    log.warning("store_failed", step=what, reason=failure.reason)
