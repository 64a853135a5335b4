"""The page of groups; what staff do with one."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Connection

from channels.console import districts, words
from channels.console.access import Account, staff
from channels.console.audit import audit
from channels.console.errors import Refused
from channels.console.pages import render
from channels.console.store import Store
from channels.models import LARGEST_ID
from channels.turn_log import grouping, unanswered
from channels.turn_log.notes import Notes

router = APIRouter()
Reader = Annotated[Account, Depends(staff("editor", "supervisor"))]
GroupId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


@router.get("/unanswered")
async def page(
    request: Request,
    who: Reader,
    store: Store,
    state: Annotated[Literal["open", "answered", "dismissed"], Query()] = "open",
    number: Annotated[int, Query(alias="page", ge=0, le=10_000)] = 0,
) -> HTMLResponse:
    """Opening it has what is new put into groups; they are there at the next look."""
    notes: Notes = request.app.state.notes
    found = await store.read(unanswered.groups, notes.texts, state, number)
    new = await store.read(grouping.new_ones)
    if new:
        request.app.state.grouping.begin()
    shown: dict[str, Any] = {"groups": found[: unanswered.PAGE], "state": state, "number": number, "new": new}
    shown |= {"district": partial(_district, request, who), "outcome": partial(_outcome, who)}
    return render(request, "unanswered/page.html", who, has_more=len(found) > unanswered.PAGE, **shown)


@router.post("/unanswered/{group_id}/dismiss")
async def dismiss(
    who: Reader, store: Store, group_id: GroupId, reason: Annotated[str, Form(min_length=3, max_length=300)]
) -> Response:
    await store.write(_close, group_id, "dismissed", who, reason.strip())
    return RedirectResponse("/console/unanswered?done=saved", 303)


@router.post("/unanswered/{group_id}/answered")
async def answered(who: Reader, store: Store, group_id: GroupId) -> Response:
    """There is an answer now."""
    await store.write(_close, group_id, "answered", who, None)
    return RedirectResponse("/console/unanswered?done=saved", 303)


@router.post("/unanswered/{group_id}/reopen")
async def reopen(who: Reader, store: Store, group_id: GroupId) -> Response:
    await store.write(_reopen, group_id, who)
    return RedirectResponse("/console/unanswered?done=saved", 303)


def _close(connection: Connection, group_id: int, how: unanswered.End, who: Account, reason: str | None) -> None:
    if not unanswered.close(connection, group_id, how, who.login, datetime.now(UTC), reason):
        raise Refused("unanswered.closed_before", 409)
    audit(connection, who, f"group_{how}", f"group {group_id}", reason)


def _reopen(connection: Connection, group_id: int, who: Account) -> None:
    if not unanswered.reopen(connection, group_id):
        raise Refused("unanswered.not_closed", 409)
    audit(connection, who, "group_reopened", f"group {group_id}")


def _district(request: Request, who: Account, district: str) -> str:
    return districts.name(request.app.state.settings.districts_file, district, who.language)


def _outcome(who: Account, example: unanswered.Example) -> str:
    """Why it is here: how the turn ended, or who said that the answer was wrong."""
    return words.say(who.language, f"figures.{example.mark or example.outcome}")
