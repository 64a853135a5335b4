"""An answer that staff call wrong, and how they take that back."""

from typing import Annotated

from fastapi import Depends, Form, Path, Request
from fastapi.responses import HTMLResponse

from channels.console.access import Account, staff
from channels.console.audit import audit
from channels.console.conversations.answers import Answer
from channels.console.errors import Refused
from channels.console.pages import render
from channels.console.store import Store
from channels.console.unanswered.groups import router
from channels.models import TurnId
from channels.turn_log.marks import Marks

Marker = Annotated[Account, Depends(staff("agent", "editor"))]
Turn = Annotated[TurnId, Path()]
Text = Annotated[str, Form(max_length=4000)]


@router.post("/unanswered/turns/{turn_id}/wrong")
async def mark_wrong(request: Request, who: Marker, store: Store, turn_id: Turn, text: Text = "") -> HTMLResponse:
    """By whoever has seen the answer; `text`: what was asked, where they have it before them."""
    if not await _marks(request).wrong(turn_id, text.strip() or None):
        raise Refused("unanswered.no_turn", 404)
    await store.write(audit, who, "marked_wrong", f"turn {turn_id}")
    return _button(request, who, Answer(turn_id, True, text))


@router.post("/unanswered/turns/{turn_id}/wrong/undo")
async def mark_not_wrong(request: Request, who: Marker, store: Store, turn_id: Turn, text: Text = "") -> HTMLResponse:
    if not await _marks(request).not_wrong(turn_id):
        raise Refused("unanswered.no_turn", 404)
    await store.write(audit, who, "marked_not_wrong", f"turn {turn_id}")
    return _button(request, who, Answer(turn_id, False, text))


def _marks(request: Request) -> Marks:
    marks: Marks = request.app.state.notes.marks
    return marks


def _button(request: Request, who: Account, answer: Answer) -> HTMLResponse:
    """In the place of the button that was pressed."""
    return render(request, "unanswered/mark.html", who, answer=answer, is_new=True)
