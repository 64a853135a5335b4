"""The process is killed at every point of a turn, and started again: one reply, none lost, none twice."""

import asyncio
import contextlib
import multiprocessing
import multiprocessing.forkserver
import os
import socket
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from crash_child import run
from fake_carrier import FakeCarrier
from helpline_line import QUICK, WHATSAPP, EchoBot, sid, signed
from sqlalchemy import create_engine, text
from starlette.types import ASGIApp

from channels.delivery.points import POINTS

_CONTEXT = multiprocessing.get_context("forkserver")
PEOPLE = [f"whatsapp:+9198000000{i:02}" for i in range(3)]
PATH = "/webhooks/twilio/messages"


@pytest.fixture(scope="module", autouse=True)
def loaded_once() -> Iterator[None]:
    """Each gateway is a fork of a process that has loaded everything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # which the server of forks does not get otherwise
        _CONTEXT.set_forkserver_preload(["crash_child"])
        multiprocessing.forkserver.ensure_running()
    yield


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """The application on a port of its own."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False, lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await task


class Outside:
    """What outlives the gateway: bot, provider, the people who write."""

    def __init__(self, address: str, bot: str, carrier: str) -> None:
        self.address, self.bot, self.carrier = address, bot, carrier

    @contextmanager
    def gateway(self, dies_at: str | None = None, passes: int = 0) -> Iterator[tuple[Any, httpx.AsyncClient]]:
        port = free_port()
        changes = QUICK | {"database_url": self.address, "gateway_name": "one", "sentences_file": None}
        changes.pop("sentences_file")
        process = _CONTEXT.Process(target=run, args=(changes, self.bot, self.carrier, port, dies_at, passes))
        process.start()
        try:
            yield process, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False)
        finally:
            process.kill()
            process.join()


async def write(client: httpx.AsyncClient, who: str, words: str, message_sid: str) -> bool:
    """As Twilio: whether the message was taken."""
    form = {"MessageSid": message_sid, "From": who, "To": WHATSAPP, "Body": words, "NumMedia": "0"}
    try:
        response = await client.post(PATH, data=form, headers=signed(PATH, form))
    except httpx.HTTPError:
        return False
    return response.status_code == 200


async def write_until_taken(client: httpx.AsyncClient, who: str, words: str, message_sid: str, process: Any) -> bool:
    while process.is_alive():
        if await write(client, who, words, message_sid):
            return True
        await asyncio.sleep(0.02)
    return False


async def test_killed_at_every_point_in_turn_it_answers_everybody_once_and_in_order(address: str) -> None:
    """Each start takes up what the one before it left, and is killed at the next point."""
    bot, carrier = EchoBot(), FakeCarrier()
    points = POINTS if address.startswith("sqlite") else POINTS[3::5]  # a start takes a second or two
    written: list[tuple[str, str]] = []
    untaken: deque[tuple[str, str, str]] = deque()
    async with served(bot.app) as bot_at, served(carrier.app) as carrier_at:
        outside = Outside(address, bot_at, carrier_at)
        for point in (*points, None):
            new = [(who, f"{point} {number}") for number in range(2) for who in PEOPLE]
            written += new
            untaken += [(*each, sid()) for each in new]
            with outside.gateway(point, passes=1) as (process, client):
                while untaken and await write_until_taken(client, *untaken[0], process):
                    untaken.popleft()
                await (_death(process, point) if point else _all_answered(carrier, len(written)))
    assert given_up(address) == []
    for who in PEOPLE:
        assert carrier.texts(who) == [f"re {words}" for each, words in written if each == who]
    print(
        f"\nkilled at {len(points)} points: {len(written)} messages, {len(carrier.records)} replies, none lost or twice"
    )


def given_up(address: str) -> list[Any]:
    """What waits for a person: nothing should."""
    engine = create_engine(address)
    with engine.connect() as connection:
        answers = "SELECT 'out', id, error_code FROM outbound WHERE state IN ('failed', 'dead')"
        questions = "SELECT 'in', id, outcome FROM inbound WHERE state != 'answered'"
        found = [tuple(row) for row in connection.execute(text(f"{answers} UNION ALL {questions}"))]
    engine.dispose()
    return found


async def _death(process: Any, point: str) -> None:
    async with asyncio.timeout(60):  # a busy machine is no fault of the gateway
        while process.is_alive():
            await asyncio.sleep(0.02)
    assert process.exitcode == 9, f"{point} was never reached"


async def _all_answered(carrier: FakeCarrier, count: int) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(90):
            while len(carrier.records) < count:
                await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)  # for what should not come
