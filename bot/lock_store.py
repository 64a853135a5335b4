"""Turns of one conversation, one after another in the order they came, over all bots that share a Redis.

Rasa's own Redis store reads, changes and writes a ticket in three steps, so that two bots may hold the same one; and a
bot that is killed keeps a conversation closed for a minute. Here a queue is kept in one step, and who has not been
heard of for LEASE seconds is out of it. Without REDIS_URL there is one bot, and Rasa's store in memory.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError
from rasa.utils.endpoints import EndpointConfig
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import RedisError

LEASE = 6.0  # seconds; longer than anything that keeps a bot's event loop busy
LOOKS_EVERY = 0.05
WAITS = 30.0  # longer than any gateway does
SECONDS = 1.5  # for Redis to answer

# Enters the queue or stays in it; takes out those before that are silent; says whether it is our turn.
_STAND = """
redis.call('SET', KEYS[1] .. ARGV[1], 1, 'PX', ARGV[2])
if not redis.call('LPOS', KEYS[1], ARGV[1]) then redis.call('RPUSH', KEYS[1], ARGV[1]) end
redis.call('PEXPIRE', KEYS[1], 60000)
local first = redis.call('LINDEX', KEYS[1], 0)
while first ~= ARGV[1] and redis.call('EXISTS', KEYS[1] .. first) == 0 do
  redis.call('LPOP', KEYS[1])
  first = redis.call('LINDEX', KEYS[1], 0)
end
return first == ARGV[1] and 1 or 0
"""
_LEAVE = """
redis.call('DEL', KEYS[1] .. ARGV[1])
return redis.call('LREM', KEYS[1], 0, ARGV[1])
"""


class ConversationLocks(InMemoryLockStore):
    """endpoints.yml names this class."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, lease: float = LEASE) -> None:
        super().__init__()
        url = endpoint_config.url if endpoint_config else None
        self._lease = lease
        self._redis: Redis[Any] | None = _redis(url) if url and url.startswith("redis") else None

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = LOOKS_EVERY,
    ) -> AsyncIterator[TicketLock]:
        if self._redis is None:
            async with super().lock(conversation_id, lock_lifetime, wait_time_in_seconds) as held:
                yield held
            return
        place = _Place(self._redis, conversation_id, self._lease)
        try:
            await place.wait()
            async with place.kept():
                yield TicketLock(conversation_id)
        except RedisError as error:
            raise LockError(type(error).__name__) from None
        finally:
            await place.leave()


class _Place:
    """In the queue of a conversation."""

    def __init__(self, redis: Redis[Any], conversation_id: str, lease: float) -> None:
        self._redis, self._lease = redis, lease
        # A session's id lets who knows it read on.
        self._key = "turns:" + hashlib.sha256(conversation_id.encode()).hexdigest()[:32] + ":"
        self._token = uuid.uuid4().hex

    async def wait(self) -> None:
        end = time.monotonic() + WAITS
        while not await self._stand():
            if time.monotonic() > end:
                raise LockError("waited too long")
            await asyncio.sleep(LOOKS_EVERY)

    async def _stand(self) -> bool:
        milliseconds = int(self._lease * 1000)
        return bool(await self._redis.eval(_STAND, 1, self._key, self._token, milliseconds))

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Whoever loses the place is broken off, before anything is saved."""
        turn, is_over = asyncio.current_task(), asyncio.Event()
        assert turn is not None
        keeping = asyncio.ensure_future(self._keep(turn, is_over))
        try:
            yield
        except asyncio.CancelledError:
            if keeping.done():
                raise LockError("lost its place") from None
            raise
        finally:
            is_over.set()
            await keeping  # a step that comes after we have left would put us into the queue again

    async def _keep(self, turn: asyncio.Task[Any], is_over: asyncio.Event) -> None:
        until = time.monotonic() + self._lease
        while time.monotonic() < until:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(is_over.wait(), self._lease / 4)
            if is_over.is_set():
                return
            with suppress(RedisError):
                if not await self._stand():
                    break
                until = time.monotonic() + self._lease
        if not is_over.is_set():  # the task of a turn goes on to another one
            turn.cancel()

    async def leave(self) -> None:
        with suppress(RedisError):  # then the lease ends by itself
            await self._redis.eval(_LEAVE, 1, self._key, self._token)


def _redis(url: str) -> Redis[Any]:
    again = Retry(ConstantBackoff(0.1), 2)  # each step may be repeated
    return Redis.from_url(
        url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, retry=again, retry_on_error=[RedisError]
    )
