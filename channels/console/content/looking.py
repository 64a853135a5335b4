"""What there is, an entry, a draft as it is typed: nothing of it changes anything."""

import asyncio
from typing import Annotated, Literal

from fastapi import Path, Query, Request
from fastapi.responses import Response

from channels.console.content import form
from channels.console.content.editor import editor
from channels.console.content.heard import asked_in
from channels.console.content.preview import counts, previews
from channels.console.content.service import Asked
from channels.console.content.shared import Editor, EntryId, Group, Reader, router
from channels.console.pages import render
from channels.console.store import Store


@router.get("")
async def page(
    request: Request,
    who: Reader,
    service: Asked,
    text: Annotated[str, Query(max_length=200)] = "",
    topic: Annotated[str, Query(max_length=120)] = "",
    stale: Annotated[int, Query(ge=0, le=10_000)] = 0,
    state: Literal["", "draft", "proposed", "suggested", "withdrawal", "published"] = "",
    number: Annotated[int, Query(ge=1, le=1000, alias="page")] = 1,
) -> Response:
    asked = {"text": text, "topic": topic, "stale": stale, "state": state}
    found, choices = await asyncio.gather(service.get("entries", **asked, page=number), service.get("choices"))
    return render(request, "content/page.html", who, found=found, choices=choices, asked=asked)


@router.get("/new")
async def begin(request: Request, who: Editor, service: Asked, store: Store, group: Group = 0) -> Response:
    heard = await asked_in(request, store, group)
    return await editor(request, who, service, {"id": ""}, is_new=True, heard=heard, group=group)


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


@router.get("/{entry}")
async def look(
    request: Request, who: Reader, service: Asked, store: Store, entry: EntryId, group: Group = 0
) -> Response:
    seen = await service.get(f"entries/{entry}")
    heard = await asked_in(request, store, group) if who.may("editor") else []
    return await editor(request, who, service, seen["entry"], seen=seen, heard=heard, group=group)


@router.get("/{entry}/versions/{number}")
async def version(
    request: Request, who: Reader, service: Asked, entry: EntryId, number: Annotated[int, Path(ge=1, le=2**31 - 1)]
) -> Response:
    seen, found = await asyncio.gather(
        service.get(f"entries/{entry}"), service.get(f"entries/{entry}/versions/{number}")
    )
    return render(request, "content/version.html", who, seen=seen, version=found)
