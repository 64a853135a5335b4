"""The page that shows who did what."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from channels.console import audit, words
from channels.console.access import Account, staff
from channels.console.pages import render
from channels.console.store import Store
from channels.models import LARGEST_ID

router = APIRouter()
Supervisor = Annotated[Account, Depends(staff("supervisor"))]


@router.get("/audit")
async def page(
    request: Request,
    who: Supervisor,
    store: Store,
    before: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
    login: Annotated[str, Query(max_length=80)] = "",
) -> HTMLResponse:
    found = await store.read(audit.entries, before, login.strip().casefold() or None)
    older = found[audit.PAGE - 1].id if len(found) > audit.PAGE else None
    shown: dict[str, Any] = {"entries": found[: audit.PAGE], "older": older, "login": login}
    return render(request, "audit/page.html", who, action=lambda code: _named(who, code), **shown)


def _named(who: Account, action: str) -> str:
    """An area that has no words for what it wrote down is shown by its code."""
    key = f"audit.act_{action}"
    return words.say(who.language, key) if words.has(key) else action
