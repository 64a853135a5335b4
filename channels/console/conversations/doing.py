"""What staff do in a conversation. Each of it is in the audit; nothing of what was said is."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from channels.console.access import Account
from channels.console.audit import audit
from channels.console.conversations import closing, masking, notes, reading, view
from channels.console.conversations.shared import Agent, Desk, Id, Supervisor, address, router
from channels.console.errors import Refused
from channels.console.pages import is_fragment, render
from channels.console.store import ConsoleStore, Store
from channels.written import bearable, one_line

LONGEST = 2000
Text = Annotated[str, Form(max_length=LONGEST)]
Reason = Annotated[str, Form(max_length=200)]
Choice = Annotated[str, Form(max_length=20)]
Holder = Annotated[str, Form(max_length=80)]


async def _note(store: ConsoleStore, who: Account, action: str, handover_id: int, reason: str | None = None) -> None:
    await store.write(_written, who, action, handover_id, reason)


def _written(connection: Connection, who: Account, action: str, handover_id: int, reason: str | None) -> None:
    audit(connection, who, action, f"handover {handover_id}", reason)


@router.post("/{handover_id}/take")
async def take(who: Agent, desk: Desk, store: Store, handover_id: Id) -> Response:
    await desk.run(desk.desk.take, handover_id, who.login)
    await _note(store, who, "taken", handover_id)
    return RedirectResponse(address(handover_id, "taken"), 303)


@router.post("/{handover_id}/take-over")
async def take_over(
    who: Supervisor, desk: Desk, store: Store, handover_id: Id, text: Reason = "", holder: Holder = ""
) -> Response:
    """From a colleague, who sees at once who has it now; `holder`: who had it on the page that was clicked."""
    reason = one_line(text)
    if not reason:
        raise Refused("conversations.why_needed", 422)
    await desk.run(desk.desk.take_over, handover_id, who.login, holder)
    await _note(store, who, "taken_over", handover_id, f"{holder}: {reason}")
    return RedirectResponse(address(handover_id, "taken"), 303)


@router.post("/{handover_id}/reply")
async def reply(request: Request, who: Agent, desk: Desk, store: Store, handover_id: Id, text: Text) -> Response:
    """Refused where another has the conversation, or where it could not arrive."""
    seen = await view.seen(desk, store, who, request.app.state.settings, handover_id)
    if seen.state == "mine" and not seen.reach.can_write:
        raise Refused("conversations.cannot_arrive", 409)
    written = bearable(text)
    if not written:
        raise Refused("conversations.empty", 422)
    await desk.run(desk.desk.say, handover_id, who.login, written)
    await _note(store, who, "replied", handover_id)
    if not is_fragment(request):
        return RedirectResponse(address(handover_id), 303)
    answer = await reading.talk(request, who, desk, store, handover_id, seen.state_part)
    answer.headers["HX-Trigger"] = "replied"  # the page empties the field only now
    return answer


@router.post("/{handover_id}/note")
async def note(who: Agent, desk: Desk, store: Store, handover_id: Id, text: Text) -> Response:
    await view.conversation_of(desk, who, handover_id)
    written = bearable(text)
    if not written:
        raise Refused("conversations.empty", 422)
    await store.write(notes.add, who, handover_id, written)
    return RedirectResponse(address(handover_id, "noted"), 303)


@router.post("/{handover_id}/return")
async def give_back(who: Agent, desk: Desk, store: Store, handover_id: Id) -> Response:
    await desk.run(desk.desk.give_back, handover_id, who.login, "returned")
    await _note(store, who, "returned", handover_id)
    return RedirectResponse("/console/conversations?done=returned", 303)


@router.post("/{handover_id}/close")
async def close(
    who: Agent, desk: Desk, store: Store, handover_id: Id, choice: Choice = "", text: Reason = ""
) -> Response:
    reason = closing.written(choice, text)
    await desk.run(desk.desk.give_back, handover_id, who.login, "closed", reason)
    await _note(store, who, "closed", handover_id, choice)
    return RedirectResponse("/console/conversations?done=closed", 303)


@router.post("/{handover_id}/reveal")
async def reveal(
    request: Request, who: Agent, desk: Desk, store: Store, handover_id: Id, choice: Choice = "", text: Reason = ""
) -> Response:
    """What the masks hide, once, for a reason that supervisors read."""
    reason = _reason(choice, text)
    conversation = await view.conversation_of(desk, who, handover_id)
    await _note(store, who, "revealed", handover_id, reason)
    found = await store.read(masking.reveal, conversation, request.app.state.settings)
    template = "conversations/revealed.html" if is_fragment(request) else "conversations/revealed_page.html"
    return render(request, template, who, revealed=found, handover_id=handover_id)


def _reason(choice: str, text: str) -> str:
    text = one_line(text)
    if choice not in masking.REASONS or (choice == "other" and not text):
        raise Refused("conversations.reason_needed", 422)
    return f"{choice}: {text}" if text else choice
