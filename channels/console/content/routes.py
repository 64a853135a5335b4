"""The pages of the content: editors write, a second one publishes; agents look and suggest corrections."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi import Form as Field
from fastapi.responses import RedirectResponse, Response

from channels.console.access import Account, staff
from channels.console.audit import audit
from channels.console.content import form
from channels.console.content.heard import asked_in
from channels.console.content.preview import counts, previews
from channels.console.content.service import Asked, Service, Told
from channels.console.errors import Refused
from channels.console.pages import render
from channels.console.store import Store

router = APIRouter(prefix="/content")
Reader = Annotated[Account, Depends(staff("agent", "editor"))]
Editor = Annotated[Account, Depends(staff("editor"))]
EntryId = Annotated[str, Path(max_length=120, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]
Group = Annotated[int, Query(ge=0, le=2**31 - 1)]  # of unanswered questions
Words = Annotated[str, Field(max_length=2000)]
PAGE = "/console/content"


@router.get("")
async def page(
    request: Request,
    who: Reader,
    service: Asked,
    text: Annotated[str, Query(max_length=200)] = "",
    topic: Annotated[str, Query(max_length=120)] = "",
    stale: Annotated[int, Query(ge=0, le=10_000)] = 0,
    state: Literal["", "draft", "proposed", "suggested", "published"] = "",
    number: Annotated[int, Query(ge=1, le=1000, alias="page")] = 1,
) -> Response:
    asked = {"text": text, "topic": topic, "stale": stale, "state": state}
    found, choices = await asyncio.gather(service.get("entries", **asked, page=number), service.get("choices"))
    return render(request, "content/page.html", who, found=found, choices=choices, asked=asked)


@router.get("/new")
async def begin(request: Request, who: Editor, service: Asked, store: Store, group: Group = 0) -> Response:
    heard = await asked_in(request, store, group)
    return await _editor(request, who, service, {"id": ""}, is_new=True, heard=heard)


@router.get("/export")
async def export(who: Editor, service: Asked) -> Response:
    """What was published, as files for the repository."""
    name = {"Content-Disposition": 'attachment; filename="entries.zip"'}
    return Response(await service.file("export"), media_type="application/zip", headers=name)


@router.post("/check")
async def check(request: Request, who: Editor, service: Asked) -> Response:
    """What is still wrong, and how each channel will show it; asked for while somebody types."""
    data = form.read(await request.form())
    checked, shown, choices = await asyncio.gather(
        service.post("check", entry=data), service.post("preview", entry=data), service.get("choices")
    )
    return render(
        request, "content/checked.html", who, mistakes=checked["mistakes"], previews=previews(shown["replies"]),
        counts=counts(data, choices["limits"]),
    )  # fmt: skip


@router.post("/trial")
async def try_out(request: Request, who: Editor, service: Asked) -> Response:
    started = await service.post("trials", entry=form.read(await request.form()))
    return render(request, "content/trial.html", who, name=started["id"], trial=None)


@router.get("/trials/{name}")
async def trial(
    request: Request, who: Editor, service: Asked, name: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
) -> Response:
    return render(request, "content/trial.html", who, name=name, trial=await service.get(f"trials/{name}"))


@router.post("/save")
async def save(request: Request, who: Editor, service: Asked, store: Store) -> Response:
    """Keeps what was written, and sends it on where that was asked. Whatever is refused, the form comes back filled."""
    sent = await request.form()
    data, is_new = form.read(sent), sent.get("new") == "1"
    try:
        number = await _save(service, who, sent, data, is_new)
    except Refused as refused:
        if not isinstance(refused, Told):
            return _kept(request, who, data, is_new, _seen(sent), refused)
        return await _editor(request, who, service, data, is_new, refused=refused)
    if sent.get("do") == "propose":
        return await propose(request, who, service, store, data["id"], number)
    return RedirectResponse(f"{PAGE}/{data['id']}?done=content_saved", 303)


async def _save(service: Service, who: Account, sent: Mapping[str, Any], data: dict[str, Any], is_new: bool) -> int:
    note = str(sent.get("note", ""))[:2000]
    saved = await service.post("save", entry=data, staff=who.login, note=note, based_on=_seen(sent), new=is_new)
    return int(saved["number"])


def _seen(sent: Mapping[str, Any]) -> int:
    """The newest version that its author had seen."""
    given = str(sent.get("based_on", ""))
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


@router.get("/{entry}")
async def look(
    request: Request, who: Reader, service: Asked, store: Store, entry: EntryId, group: Group = 0
) -> Response:
    seen = await service.get(f"entries/{entry}")
    heard = await asked_in(request, store, group) if who.may("editor") else []
    return await _editor(request, who, service, seen["entry"], seen=seen, heard=heard)


@router.get("/{entry}/versions/{number}")
async def version(
    request: Request, who: Reader, service: Asked, entry: EntryId, number: Annotated[int, Path(ge=1, le=2**31 - 1)]
) -> Response:
    seen, found = await asyncio.gather(
        service.get(f"entries/{entry}"), service.get(f"entries/{entry}/versions/{number}")
    )
    return render(request, "content/version.html", who, seen=seen, version=found)


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


async def _checked(
    request: Request, who: Account, service: Service, store: Store, what: str, done: str, entry: str, number: int
) -> Response:
    """What is wrong with it is shown beside the form."""
    try:
        await _move(service, store, who, what, entry, number)
    except Told as refused:
        seen = await service.get(f"entries/{entry}")
        return await _editor(request, who, service, seen["entry"], seen=seen, refused=refused)
    return RedirectResponse(f"{PAGE}/{entry}?done={done}", 303)


async def _move(service: Service, store: Store, who: Account, what: str, entry: str, number: int, **more: Any) -> None:
    await service.post(f"entries/{entry}/{what}", number=number, staff=who.login, **more)
    await store.write(audit, who, f"content_{what}", f"entry {entry[:100]} {number}")


async def _editor(
    request: Request,
    who: Account,
    service: Service,
    data: dict[str, Any],
    is_new: bool = False,
    seen: dict[str, Any] | None = None,
    refused: Refused | None = None,
    heard: Sequence[str] = (),
) -> Response:
    """The form with `data` in it, whatever became of it; beside it what is said now and what was before."""
    choices = await service.get("choices")
    seen = seen or (None if is_new else await service.get(f"entries/{data['id']}"))
    body = refused.body if isinstance(refused, Told) else {}
    latest = body.get("latest", seen["latest"] if seen else 0)
    return _form(request, who, data, is_new, seen, choices, latest, refused, body, heard)


def _kept(
    request: Request, who: Account, data: dict[str, Any], is_new: bool, latest: int, refused: Refused
) -> Response:
    """The form as it was sent, where the action server cannot be asked for anything."""
    choices = {
        "topics": [data["topic"]],
        "schemes": list(filter(None, [data["scheme"]])),
        "sources": [],
        "entries": [],
        "tasks": [],
    }
    return _form(request, who, data, is_new, None, choices, latest, refused, {}, ())


def _form(
    request: Request, who: Account, data: dict[str, Any], is_new: bool, seen: dict[str, Any] | None,
    choices: dict[str, Any], latest: int, refused: Refused | None, body: dict[str, Any], heard: Sequence[str],
) -> Response:  # fmt: skip
    return render(
        request, "content/editor.html", who, refused.status if refused else 200,
        data=data, values=form.shown(data), seen=seen, choices=choices, latest=latest, is_new=is_new, body=body,
        sources=form.places(data, "sources", form.SOURCES), refused=refused, heard=heard,
        follow_ups=form.places(data, "follow_ups", form.FOLLOW_UPS),
        may_edit=who.may("editor"), may_publish=_may_publish(who, seen),
    )  # fmt: skip


def _may_publish(who: Account, seen: dict[str, Any] | None) -> bool:
    open_one = seen["open"] if seen else None
    if not open_one or open_one["state"] != "proposed":
        return False
    return who.may("editor") and who.login not in (open_one["author"], open_one["proposed_by"])
