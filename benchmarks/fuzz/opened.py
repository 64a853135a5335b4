"""Gateway and action server in this process, on stores of their own; the bot is a fake one."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
import structlog
from fastapi import FastAPI
from pydantic import SecretStr

from channels.app import create_app
from channels.fake_bot import FakeBot
from channels.settings import Settings

TOKEN, PUBLIC = "a-token-of-the-provider-0001", "https://odop.example"
SITE = "https://shop.example"
BETWEEN = "t" * 32  # of gateway and action server
SECRET = "only-while-fuzzing-0001"


class Neighbours(httpx.AsyncBaseTransport):
    """The bot on its port, the action server on its own; without one the fake bot stands for it too."""

    def __init__(self, bot: Any, actions: Any = None) -> None:
        self._bot = httpx.ASGITransport(bot)
        self._actions = httpx.ASGITransport(actions or bot)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        there = self._actions if request.url.port == 5055 else self._bot
        return await there.handle_async_request(request)


class Echo(FakeBot):
    """Says what it was told, so that hostile words come back through every channel; it remembers nothing."""

    def _body(self, message: dict[str, Any]) -> str:
        self.asked.clear()
        self.tokens.clear()
        text = message["text"]
        buttons = [{"title": text[:60] or "-", "payload": text[:200] or "-"}] * (len(text) % 4)
        reply = {"text": text, "language": ("hi", "hi-Latn", "en")[len(text) % 3], "buttons": buttons}
        self.replies = [reply] if text.strip() and not text.endswith(":") else None
        return super()._body(message)


class Opened:
    """`run` runs one coroutine after the other on one loop."""

    def __init__(self, folder: Path, actions: Any = None) -> None:
        self.runner = asyncio.Runner()
        self.run = self.runner.run
        self.bot = Echo()
        self.app: FastAPI = create_app(_settings(folder), Neighbours(self.bot.app, actions))
        self.actions = actions
        self._life = self.app.router.lifespan_context(self.app)

    def open(self) -> None:
        self.run(self._life.__aenter__())

    def close(self) -> None:
        self.run(self._life.__aexit__(None, None, None))
        self.runner.close()


def _settings(folder: Path) -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        database_url=SecretStr(f"sqlite:///{folder / 'gateway.db'}"),
        store_timeout_seconds=20,
        bot_token=SecretStr(BETWEEN),
        staff_token=SecretStr(SECRET),
        transcript_token=SecretStr(SECRET),
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token=SecretStr(TOKEN),
        twilio_api_url="http://127.0.0.1:9",  # nobody, if anything should be sent after all
        twilio_whatsapp_from="whatsapp:+14155238886",
        twilio_sms_from="+18005550100",
        public_url=PUBLIC,
        deliver="apart",  # recorded here; nobody answers, so that nothing is sent
        bot_timeout_seconds=20,
        widget_origins=SITE,
        messages_a_minute=10**6,  # who writes more is told so once, and then nothing
        messages_a_day=10**6,
        widget_messages_a_minute=10**6,
        widget_polls_a_minute=10**6,
        widget_address_a_minute=10**6,
        remembered_sessions=200,  # full before the memory is measured
        remembered_turns=50,
    )


@contextmanager
def quiet() -> Iterator[None]:
    """No log lines: there would be one for each input."""
    before = structlog.get_config()
    structlog.configure(processors=[_dropped])
    try:
        yield
    finally:
        structlog.configure(**before)


def _dropped(*_: Any) -> Any:
    raise structlog.DropEvent


@contextmanager
def environment(folder: Path) -> Iterator[None]:
    """Of the action server: a store and secrets of its own, and no looking for edits."""
    values = {
        "DATABASE_URL": f"sqlite:///{folder / 'actions.db'}",
        "BOT_TOKEN": BETWEEN,
        "ACTIONS_LIVE_SECONDS": "0",
        "APPLICATIONS_HASH_KEY": "h" * 32,
        "APPLICATIONS_SEAL_KEY": "s" * 32,
        "OUTBOX_FILE": str(folder / "sms.jsonl"),
    }
    with patch.dict(os.environ, values):
        yield


@contextmanager
def action_server(folder: Path) -> Iterator[Any]:
    """The real one. Its edits go to a store of their own and are never put among the entries."""
    with ExitStack() as stack:
        stack.enter_context(environment(folder))
        from actions import server
        from actions.applications import service as applications
        from actions.content import answered, service
        from actions.content.service import Opened as Content
        from actions.content.settings import Settings as ContentSettings
        from actions.letters.desk import open_desk

        content = Content(ContentSettings(_env_file=None))  # type: ignore[call-arg]
        stack.enter_context(patch.object(content.trials, "start", lambda entry, text: "0" * 32))  # minutes each
        for module in (answered, service):
            stack.enter_context(patch.object(module, "opened", lambda: content))
        for once in (applications.disclosure, open_desk):
            once.cache_clear()
            stack.callback(once.cache_clear)
        stack.callback(content.engine.dispose)
        yield server.app


@contextmanager
def gateway(folder: Path, actions: Any = None) -> Iterator[Opened]:
    opened = Opened(folder, actions)
    opened.open()
    try:
        yield opened
    finally:
        opened.close()
