"""The gateway against a fake bot, all in one process."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from gateway_settings import settings

from channels.app import create_app
from channels.fake_bot import FakeBot


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


Connect = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def connect(bot: FakeBot) -> AsyncIterator[Connect]:
    """`connect(environment="production", ...)` gives a client of a gateway with these settings."""
    clients: list[httpx.AsyncClient] = []

    def client(transport: httpx.AsyncBaseTransport | None = None, **changes: Any) -> httpx.AsyncClient:
        app = create_app(settings(**changes), transport or httpx.ASGITransport(bot.app))
        clients.append(httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway"))
        return clients[-1]

    yield client
    for each in clients:
        await each.aclose()


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
