"""Delivery against a fake provider and a fake bot, on real databases."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
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


@pytest.fixture
def opened(bot: EchoBot, carrier: FakeCarrier, tmp_path: Path) -> Open:
    """`async with opened(send_rate_sms=5)`: a gateway with these settings; opened again, with the same database."""

    def make(address: str | None = None, **changes: Any) -> AbstractAsyncContextManager[Line]:
        return Line(address or f"sqlite:///{tmp_path / 'gateway.db'}", bot, carrier, **changes).open()

    return make


@pytest.fixture
async def line(opened: Open) -> AsyncIterator[Line]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(opened())
