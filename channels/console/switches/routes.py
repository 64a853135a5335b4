"""The list of channels; one switched off after a look at what people will be told, and on again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from channels.console.access import Account, staff
from channels.console.accounts import people
from channels.console.errors import Refused
from channels.console.pages import render
from channels.console.store import Store
from channels.console.switches.preview import LANGUAGES, shown, usual
from channels.models import Channel
from channels.store.rows import AnyRow
from channels.switch import state
from channels.written import one_line

router = APIRouter(prefix="/switches")
Admin = Annotated[Account, Depends(staff("admin"))]
Text = Annotated[str, Form(max_length=2000)]
LONGEST_REASON = 200


@dataclass(frozen=True)
class Wish:
    """What the form says; `own`: sentences by language, where there is one."""

    reason: str
    own: dict[str, str]


def wished(reason: Text = "", hi: Text = "", hi_latn: Text = "", en: Text = "") -> Wish:
    written = dict(zip(LANGUAGES, map(one_line, (hi, hi_latn, en)), strict=True))
    if any(len(text) > state.LONGEST for text in written.values()):
        raise Refused("switches.too_long", 422, most=state.LONGEST)
    reason = one_line(reason)[:LONGEST_REASON]
    if not reason:
        raise Refused("switches.reason_needed", 422)
    return Wish(reason, {language: text for language, text in written.items() if text})


Wished = Annotated[Wish, Depends(wished)]


@router.get("")
async def page(request: Request, who: Admin, store: Store) -> Response:
    rows, names = await store.read(_off_ones)
    said = {name: shown(request.app.state.sentences, row.channel, row.sentences) for name, row in rows.items()}
    return render(request, "switches/page.html", who, channels=state.CHANNELS, rows=rows, names=names, said=said)


def _off_ones(connection: Connection) -> tuple[dict[str, AnyRow], dict[str, str]]:
    rows = state.off_ones(connection)
    return rows, people.names(connection, {row.by for row in rows.values()})


@router.get("/{channel}")
async def form(request: Request, who: Admin, store: Store, channel: Channel) -> Response:
    row = (await store.read(state.off_ones)).get(channel)
    given = Wish(row.reason or "", row.sentences) if row else Wish("", {})
    return _form(request, who, channel, given)


@router.post("/{channel}/check")
async def check(request: Request, who: Admin, channel: Channel, wish: Wished) -> Response:
    said = shown(request.app.state.sentences, channel, wish.own)
    return _form(request, who, channel, wish, said=said)


def _form(request: Request, who: Account, channel: Channel, wish: Wish, **more: Any) -> Response:
    given = {"channel": channel, "wish": wish, "usual": usual(request.app.state.sentences), "said": None}
    return render(request, "switches/off.html", who, most=state.LONGEST, **(given | more))


@router.post("/{channel}/off")
async def off(who: Admin, store: Store, channel: Channel, wish: Wished) -> Response:
    await store.write(state.turn_off, channel, wish.own, who.login, datetime.now(UTC), wish.reason)
    return RedirectResponse("/console/switches?done=channel_off", 303)


@router.post("/{channel}/on")
async def on(who: Admin, store: Store, channel: Channel) -> Response:
    """A colleague may have been first: then it is on, too."""
    await store.write(state.turn_on, channel, who.login, datetime.now(UTC))
    return RedirectResponse("/console/switches?done=channel_on", 303)
