"""`/metrics`, for the operator's Prometheus only: without METRICS_TOKEN there is no such page."""

import hmac

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from starlette.exceptions import HTTPException

from channels.metrics.queues import Queues
from channels.settings import Settings

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    settings: Settings = request.app.state.settings
    _let_in(request.headers.get("authorization", ""), settings.metrics_token.get_secret_value())
    queues: Queues = request.app.state.queues
    await queues.refresh()
    own = CollectorRegistry(auto_describe=False)
    own.register(queues)
    return Response(generate_latest(REGISTRY) + generate_latest(own), media_type=CONTENT_TYPE_LATEST)


def _let_in(given: str, token: str) -> None:
    if not token:
        raise HTTPException(404, "Not Found")
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise HTTPException(401, "METRICS_TOKEN is asked for.", {"WWW-Authenticate": "Bearer"})
