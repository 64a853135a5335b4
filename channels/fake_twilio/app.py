"""Puts the fake together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from fastapi import FastAPI
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as ASGIMessage

from channels.fake_twilio import calls_api, control, refusals, rest
from channels.fake_twilio.messages import Clock, Ledger, current_time
from channels.fake_twilio.network import Network
from channels.fake_twilio.resources import VERSION
from channels.fake_twilio.settings import FakeSettings
from channels.middleware import SecurityHeaders

STATIC = Path(__file__).parent / "static"


def create_app(
    settings: FakeSettings, transport: httpx.AsyncBaseTransport | None = None, clock: Clock = current_time
) -> FastAPI:
    """The application; `app.state.network` is all it knows. Tests give a `transport` to their gateway."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await app.state.network.close()

    app = FastAPI(title="Fake Twilio", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.network = Network(settings, transport, clock)
    for router in (rest.router, control.router, calls_api.router):
        app.include_router(router)
    app.add_exception_handler(refusals.Refusal, refusals.answer)
    app.add_api_route("/", _index, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(Diary, ledger=app.state.network.ledger)
    app.add_middleware(SecurityHeaders)
    return app


async def _index() -> FileResponse:
    return FileResponse(STATIC / "phone.html")


class Diary:
    """Notes what the gateway asked of the REST API."""

    def __init__(self, app: ASGIApp, ledger: Ledger) -> None:
        self._app, self._ledger = app, ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def note(message: ASGIMessage) -> None:
            if message["type"] == "http.response.start" and scope["path"].startswith(f"/{VERSION}/"):
                asked = f"{scope['path']}?{scope['query_string'].decode()}".rstrip("?")
                self._ledger.note("rest", method=scope["method"], url=asked, outcome=message["status"])
            await send(message)

        await self._app(scope, receive, note)
