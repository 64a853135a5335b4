"""Delivery against a fake provider and a fake bot, on real databases."""

import asyncio
import itertools
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from fake_carrier import FakeCarrier
from helpline_line import EchoBot, Line
from postgres_server import administer, in_database


@pytest.fixture
def carrier() -> FakeCarrier:
    return FakeCarrier()


@pytest.fixture
def bot() -> EchoBot:
    return EchoBot()


_COUNT = itertools.count()
Open = Callable[..., AbstractAsyncContextManager[Line]]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Databases with their tables and nothing in them: to make these takes longer than most tests."""
    folder = tmp_path_factory.mktemp("made_once")

    asyncio.run(_make(f"sqlite:///{folder / 'gateway.db'}"))
    for name in ("gateway.db", "gateway-delivery.db"):
        with closing(sqlite3.connect(folder / name)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(sqlite3.connect(folder / "gateway.db")) as connection, connection:
        connection.execute("DELETE FROM gateways")
    return folder


async def _make(address: str) -> None:
    async with Line(address, EchoBot(), FakeCarrier(), gateway_name="maker").open():
        pass


@pytest.fixture(scope="session")
def made_in_postgresql(postgresql: str) -> str:
    """The same in a PostgreSQL: the name of a database to copy."""
    administer(postgresql, "CREATE DATABASE made_once")
    address = in_database(postgresql, "made_once")
    asyncio.run(_make(address))
    administer(address, "DELETE FROM gateways")
    return "made_once"


@pytest.fixture
def kept_in_sqlite(tmp_path: Path, made_once: Path) -> str:
    for name in ("gateway.db", "gateway-delivery.db"):
        shutil.copy(made_once / name, tmp_path)
    return f"sqlite:///{tmp_path / 'gateway.db'}"


@pytest.fixture
def kept_in_postgresql(postgresql: str, made_in_postgresql: str) -> str:
    name = f"delivery_{next(_COUNT)}"
    administer(postgresql, f"CREATE DATABASE {name} TEMPLATE {made_in_postgresql}")
    return in_database(postgresql, name)


@pytest.fixture
def kept_in(kept_in_sqlite: str) -> str:
    """The database of `opened`; a file of tests may choose another."""
    return kept_in_sqlite


@pytest.fixture
def opened(bot: EchoBot, carrier: FakeCarrier, kept_in: str) -> Open:
    """`async with opened(send_rate_sms=5)`: a gateway with these settings; opened again, with the same database."""

    def make(address: str | None = None, **changes: Any) -> AbstractAsyncContextManager[Line]:
        return Line(address or kept_in, bot, carrier, **changes).open()

    return make


@pytest.fixture
async def line(opened: Open) -> AsyncIterator[Line]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(opened())
