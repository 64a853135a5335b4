"""Delivery against a fake provider and a fake bot, on real databases."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from fake_carrier import FakeCarrier
from helpline_line import EchoBot, Line


@pytest.fixture
def carrier() -> FakeCarrier:
    return FakeCarrier()


@pytest.fixture
def bot() -> EchoBot:
    return EchoBot()


Open = Callable[..., AbstractAsyncContextManager[Line]]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Databases with their tables and nothing in them: to make these takes longer than most tests."""
    folder = tmp_path_factory.mktemp("made_once")

    async def make() -> None:
        async with Line(f"sqlite:///{folder / 'gateway.db'}", EchoBot(), FakeCarrier(), gateway_name="maker").open():
            pass

    asyncio.run(make())
    for name in ("gateway.db", "gateway-delivery.db"):
        with closing(sqlite3.connect(folder / name)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(sqlite3.connect(folder / "gateway.db")) as connection, connection:
        connection.execute("DELETE FROM gateways")
    return folder


@pytest.fixture
def opened(bot: EchoBot, carrier: FakeCarrier, tmp_path: Path, made_once: Path) -> Open:
    """`async with opened(send_rate_sms=5)`: a gateway with these settings; opened again, with the same database."""
    for name in ("gateway.db", "gateway-delivery.db"):
        shutil.copy(made_once / name, tmp_path)

    def make(address: str | None = None, **changes: Any) -> AbstractAsyncContextManager[Line]:
        return Line(address or f"sqlite:///{tmp_path / 'gateway.db'}", bot, carrier, **changes).open()

    return make


@pytest.fixture
async def line(opened: Open) -> AsyncIterator[Line]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(opened())
