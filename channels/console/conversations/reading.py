"""The pages and parts of pages: they change nothing but the audit."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from sqlalchemy import Connection

from channels.bot_client import BotClient
from channels.console import words
from channels.console.access import Account, cookie
from channels.console.accounts import sessions
from channels.console.audit import audit
from channels.console.conversations import closing, queue, view
from channels.console.conversations.answers import answers
from channels.console.conversations.history import history
from channels.console.conversations.live import Live
from channels.console.conversations.masking import REASONS
from channels.console.conversations.shared import Agent, Desk, Id, Watcher, router
from channels.console.conversations.suggestions import LANGUAGES, canned, suggest
from channels.console.pages import render
from channels.console.store import ConsoleStore, Store
from channels.handovers import Handovers
from channels.models import LARGEST_ID
from channels.turn_log.marks import answers_of

Before = Annotated[int | None, Query(ge=1, le=LARGEST_ID)]
Page = Annotated[int, Query(ge=0, le=10_000)]


async def _queue(desk: Handovers, store: ConsoleStore, page: int) -> dict[str, Any]:
    rows = await desk.run(desk.desk.open_ones)
    shown = rows[page * queue.PAGE : (page + 1) * queue.PAGE]
    waiting = sum(row.taken_by is None for row in rows)
    items = await store.read(queue.items, shown, datetime.now(UTC))
    return {"items": items, "waiting": waiting, "number": page, "more": len(rows) > (page + 1) * queue.PAGE}


@router.get("")
async def list_page(request: Request, who: Agent, desk: Desk, store: Store, number: Page = 0) -> HTMLResponse:
    return render(request, "conversations/page.html", who, view=None, **await _queue(desk, store, number))


@router.get("/queue")
async def queue_part(
    request: Request, who: Watcher, desk: Desk, store: Store, number: Page = 0, opened: Page = 0
) -> HTMLResponse:
    return render(request, "conversations/queue.html", who, opened=opened, **await _queue(desk, store, number))


@router.get("/over")
async def over_page(request: Request, who: Agent, store: Store, before: Before = None) -> HTMLResponse:
    found = await store.read(queue.over, who, before)
    older = found[queue.PAGE - 1].id if len(found) > queue.PAGE else None
    shown = closing.shown(who.language)
    return render(request, "conversations/over.html", who, rows=found[: queue.PAGE], older=older, reason=shown)


@router.get("/events")
async def events(request: Request, who: Watcher, store: Store, opened: Page = 0) -> StreamingResponse:
    """Names of what changed; the page then fetches it. Whoever comes back after a break fetches at once."""
    live: Live = request.app.state.live
    return StreamingResponse(_stream(live, store, cookie(request), opened), media_type="text/event-stream")


async def _stream(live: Live, store: ConsoleStore, session_id: str, opened: int) -> AsyncIterator[str]:
    yield "retry: 2000\n\n" + _event("queue") + _event(f"c{opened}")
    async for changed in live.listen():
        if not changed and await store.read(sessions.whose, session_id, datetime.now(UTC)) is None:
            return
        yield "".join(_event(name) for name in sorted(changed) if name == "queue" or name == f"c{opened}") or ": \n\n"


def _event(name: str) -> str:
    return f"event: {name}\ndata: .\n\n"


@router.get("/{handover_id}")
async def page(request: Request, who: Agent, desk: Desk, store: Store, handover_id: Id) -> HTMLResponse:
    seen = await view.seen(desk, store, who, request.app.state.settings, handover_id)
    await store.write(_opened, who, handover_id)
    shown = _shown(who) | await _queue(desk, store, 0)
    return render(request, "conversations/page.html", who, view=seen, **shown)


def _opened(connection: Connection, who: Account, handover_id: int) -> None:
    audit(connection, who, "opened", f"handover {handover_id}")


@router.get("/{handover_id}/talk")
async def talk(
    request: Request, who: Watcher, desk: Desk, store: Store, handover_id: Id, seen: Annotated[str, Query()] = ""
) -> Response:
    """What is said; and what one may do, where that is not what the page shows. Nothing, if it shows all of it."""
    now = await view.seen(desk, store, who, request.app.state.settings, handover_id)
    if seen == now.version:
        return Response(status_code=204)
    is_other = not seen.startswith(now.state_part)
    return render(request, "conversations/talk.html", who, view=now, with_desk=is_other, **_shown(who))


def _shown(who: Account) -> dict[str, Any]:
    closed = {"reason": closing.shown(who.language), "close_reasons": closing.REASONS}
    return closed | {"reveal_reasons": REASONS, "canned": canned(), "languages": LANGUAGES}


@router.get("/{handover_id}/before")
async def before(request: Request, who: Watcher, desk: Desk, store: Store, handover_id: Id) -> HTMLResponse:
    """What was said with the assistant; an answer of today can be called wrong."""
    conversation = await view.conversation_of(desk, who, handover_id)
    bot: BotClient = request.app.state.bot
    lines = await history(bot, conversation.handover.session_id)
    turns = await store.read(answers_of, conversation.handover.session_id, datetime.now(UTC)) if lines else []
    shown: dict[str, Any] = {"lines": lines, "answers": answers(lines or [], turns)}
    return render(request, "conversations/before.html", who, outcome=lambda code: _outcome(who, code), **shown)


def _outcome(who: Account, code: str) -> str:
    key = f"conversations.outcome_{code}"
    return words.say(who.language, key) if words.has(key) else code


@router.get("/{handover_id}/suggestions")
async def suggestions(request: Request, who: Watcher, desk: Desk, store: Store, handover_id: Id) -> HTMLResponse:
    state = request.app.state
    seen = await view.seen(desk, store, who, state.settings, handover_id)
    found = await suggest(state.http, state.settings, seen.last_said, seen.row.language)
    return render(request, "conversations/suggestions.html", who, suggestions=found, tongue=seen.row.language)
