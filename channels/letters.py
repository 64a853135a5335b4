"""The way from a link to its letter. The letters themselves are with the action server."""

import asyncio
import re
from pathlib import Path

import httpx
from fastapi import APIRouter, Request, Response

from channels.logs import log
from channels.names import renamed
from channels.settings import Settings

router = APIRouter(include_in_schema=False)  # for people, from a link; no part of the API
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_PAGES = Path(__file__).parent / "templates"
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
_NAME = {"Content-Disposition": 'inline; filename="letter.pdf"'}


@router.api_route("/letters/{token}.pdf", methods=["GET", "HEAD"])
async def letter(token: str, request: Request) -> Response:
    """The PDF, or a page that says in two languages why there is none."""
    if not _TOKEN.fullmatch(token):
        return _page(404, "letter_gone.txt")
    found = await _fetch(request.app.state.settings, request.app.state.http, token)
    if found is None:
        return _page(503, "letter_unavailable.txt")
    if found.status_code == httpx.codes.NOT_FOUND:
        return _page(404, "letter_gone.txt")
    return Response(found.content, media_type="application/pdf", headers=_HEADERS | _NAME)


async def _fetch(settings: Settings, http: httpx.AsyncClient, token: str) -> httpx.Response | None:
    """None where there is no usable answer. The token is in no log line: who has it has the letter."""
    try:
        async with asyncio.timeout(settings.letter_timeout_seconds):
            answer = await http.get(f"{settings.actions_url.rstrip('/')}/letters/{token}")
    except (TimeoutError, httpx.HTTPError) as error:
        log.warning("letter", failure=type(error).__name__)
        return None
    if answer.status_code in (httpx.codes.OK, httpx.codes.NOT_FOUND):
        return answer
    log.warning("letter", failure=f"status_{answer.status_code}")
    return None


def _page(status: int, name: str) -> Response:
    text = renamed((_PAGES / name).read_text(encoding="utf-8"))
    return Response(text, status, headers=_HEADERS, media_type="text/plain; charset=utf-8")
