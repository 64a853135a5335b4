"""Whether the process lives, and whether a message could be answered now."""

import asyncio

import httpx
from fastapi import APIRouter, Request, Response

from channels.models import Alive, PartState, Readiness
from channels.settings import Settings

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> Alive:
    """Answers as long as the process runs."""
    return Alive()


@router.get("/readyz", responses={503: {"model": Readiness, "description": "A part is not ready"}})
async def readyz(request: Request, response: Response) -> Readiness:
    """The state of each part; 503 until all are ready."""
    settings: Settings = request.app.state.settings
    http: httpx.AsyncClient = request.app.state.http
    wait = settings.health_timeout_seconds
    bot, actions = await asyncio.gather(
        state(http, settings.bot_url.rstrip("/") + "/", wait),
        state(http, settings.actions_url.rstrip("/") + "/health", wait),
    )
    parts: dict[str, PartState] = {"gateway": "ready", "bot": bot, "actions": actions}
    if all(part == "ready" for part in parts.values()):
        return Readiness(status="ready", parts=parts)
    response.status_code = 503
    return Readiness(status="not_ready", parts=parts)


async def state(http: httpx.AsyncClient, address: str, wait: float) -> PartState:
    """One part, asked once."""
    try:
        async with asyncio.timeout(wait):
            answer = await http.get(address)
    except (TimeoutError, httpx.HTTPError):
        return "unreachable"
    return "ready" if answer.is_success else "failing"
