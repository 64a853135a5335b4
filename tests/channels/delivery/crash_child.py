"""A gateway in a process of its own that is killed at a named point."""

import asyncio
import os
import threading
from typing import Any

import httpx
import uvicorn
from fake_carrier import Reached
from gateway_settings import settings

from channels.app import create_app
from channels.delivery import points


def run(changes: dict[str, Any], bot: str, carrier: str, port: int, dies_at: str | None, passes: int) -> None:
    """Serves until killed: by the test, or by itself when it has passed the point `passes` times."""
    left = [passes]
    lock = threading.Lock()

    def die(name: str) -> None:
        with lock:
            left[0] -= name == dies_at
            if name == dies_at and left[0] < 0:
                os._exit(9)  # as kill -9: nothing is tidied up

    points.reached = die
    provider = Reached(httpx.AsyncClient(base_url=carrier))
    app = create_app(settings(bot_url=bot, **changes), providers={"whatsapp": provider, "sms": provider})
    config = uvicorn.Config(app, port=port, log_config=None, access_log=False)
    asyncio.run(uvicorn.Server(config).serve())
