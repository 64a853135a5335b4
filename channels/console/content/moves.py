"""From a draft to what people are told: saved, proposed, published by a second one, sent back, brought back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from channels.console.access import Account
from channels.console.audit import audit
from channels.console.content import form
from channels.console.content.editor import editor, kept
from channels.console.content.service import Asked, Service, Told
from channels.console.content.shared import PAGE, Editor, EntryId, Number, Reader, Words, router
from channels.console.errors import Refused
from channels.console.store import Store
from channels.turn_log import unanswered


@router.post("/save")
async def save(request: Request, who: Editor, service: Asked, store: Store) -> Response:
    """Keeps what was written, and sends it on where that was asked. Whatever is refused, the form comes back filled."""
    sent = await request.form()
    data, is_new = form.read(sent), sent.get("new") == "1"
    try:
        number = await _save(service, who, sent, data, is_new)
    except Refused as refused:
        if not isinstance(refused, Told):
            return kept(request, who, data, is_new, _seen(sent), refused, _number(sent, "group"))
        return await editor(request, who, service, data, is_new, refused=refused, group=_number(sent, "group"))
    if group := _number(sent, "group"):
        await store.write(unanswered.begin, group, data["id"])
    if sent.get("do") == "propose":
        return await propose(request, who, service, store, data["id"], number)
    return RedirectResponse(f"{PAGE}/{data['id']}?done=content_saved", 303)


async def _save(service: Service, who: Account, sent: Mapping[str, Any], data: dict[str, Any], is_new: bool) -> int:
    note = str(sent.get("note", ""))[:2000]
    saved = await service.post("save", entry=data, staff=who.login, note=note, based_on=_seen(sent), new=is_new)
    return int(saved["number"])


def _seen(sent: Mapping[str, Any]) -> int:
    """The newest version that its author had seen."""
    return _number(sent, "based_on")


def _number(sent: Mapping[str, Any], name: str) -> int:
    given = str(sent.get(name, ""))
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


@router.post("/{entry}/propose")
async def propose(
    request: Request, who: Editor, service: Asked, store: Store, entry: EntryId, number: Number
) -> Response:
    return await _checked(request, who, service, store, "propose", "content_proposed", entry, number)


@router.post("/{entry}/publish")
async def publish(
    request: Request, who: Editor, service: Asked, store: Store, entry: EntryId, number: Number
) -> Response:
    return await _checked(request, who, service, store, "publish", "content_published", entry, number)


@router.post("/{entry}/reject")
async def reject(
    who: Editor, service: Asked, store: Store, entry: EntryId, number: Number, reason: Words = ""
) -> Response:
    await _move(service, store, who, "reject", entry, number, reason=reason)
    return RedirectResponse(f"{PAGE}/{entry}?done=content_rejected", 303)


@router.post("/{entry}/revert")
async def revert(
    who: Editor, service: Asked, store: Store, entry: EntryId, number: Number, based_on: Number
) -> Response:
    await _move(service, store, who, "revert", entry, number, based_on=based_on)
    return RedirectResponse(f"{PAGE}/{entry}?done=content_reverted", 303)


@router.post("/{entry}/suggest")
async def suggest(who: Reader, service: Asked, entry: EntryId, words: Words) -> Response:
    if len(words.strip()) < 3:
        raise Refused("content.no_words", 422)
    await service.post(f"entries/{entry}/suggest", staff=who.login, words=words)
    return RedirectResponse(f"{PAGE}/{entry}?done=content_suggested", 303)


@router.post("/{entry}/ask-withdrawal")
async def ask_withdrawal(
    request: Request, who: Editor, service: Asked, store: Store, entry: EntryId, number: Number, reason: Words = ""
) -> Response:
    what, done = "ask-withdrawal", "content_withdrawal"
    return await _checked(request, who, service, store, what, done, entry, number, reason=reason)


@router.post("/{entry}/withdraw")
async def withdraw(
    request: Request, who: Editor, service: Asked, store: Store, entry: EntryId, number: Number
) -> Response:
    return await _checked(request, who, service, store, "withdraw", "content_withdrawn", entry, number)


@router.post("/{entry}/keep")
async def keep(who: Editor, service: Asked, store: Store, entry: EntryId, number: Number) -> Response:
    await _move(service, store, who, "keep", entry, number)
    return RedirectResponse(f"{PAGE}/{entry}?done=content_kept", 303)


async def _checked(
    request: Request,
    who: Account,
    service: Service,
    store: Store,
    what: str,
    done: str,
    entry: str,
    number: int,
    **more: Any,
) -> Response:
    """What is wrong with it is shown beside the form."""
    try:
        await _move(service, store, who, what, entry, number, **more)
    except Told as refused:
        seen = await service.get(f"entries/{entry}")
        return await editor(request, who, service, seen["entry"], seen=seen, refused=refused)
    return RedirectResponse(f"{PAGE}/{entry}?done={done}", 303)


async def _move(service: Service, store: Store, who: Account, what: str, entry: str, number: int, **more: Any) -> None:
    await service.post(f"entries/{entry}/{what}", number=number, staff=who.login, **more)
    await store.write(_moved, who, what, entry, number)


def _moved(connection: Connection, who: Account, what: str, entry: str, number: int) -> None:
    """What was not answered, and for which it was written, has its answer once it is published."""
    audit(connection, who, f"content_{what.replace('-', '_')}", f"entry {entry[:100]} {number}")
    for group_id in unanswered.begun_for(connection, entry) if what == "publish" else ():
        unanswered.close(connection, group_id, "answered", who.login, datetime.now(UTC))
        audit(connection, who, "group_answered", f"group {group_id}")
