"""The form of an entry, whatever became of it."""

import re
from collections.abc import Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from channels.console.access import Account
from channels.console.content import form
from channels.console.content.service import Service, Told
from channels.console.content.shared import NAME
from channels.console.errors import Refused
from channels.console.pages import render


async def editor(
    request: Request,
    who: Account,
    service: Service,
    data: dict[str, Any],
    is_new: bool = False,
    seen: dict[str, Any] | None = None,
    refused: Refused | None = None,
    heard: Sequence[str] = (),
    group: int = 0,
) -> Response:
    """The form with `data` in it, whatever became of it; beside it what is said now and what was before."""
    choices = await service.get("choices")
    is_named = not is_new and re.search(NAME, data["id"])  # nothing else may stand in an address
    seen = seen or (await service.get(f"entries/{data['id']}") if is_named else None)
    body = refused.body if isinstance(refused, Told) else {}
    latest = body.get("latest", seen["latest"] if seen else 0)
    return _form(request, who, data, is_new, seen, choices, latest, refused, body, heard, group)


def kept(
    request: Request, who: Account, data: dict[str, Any], is_new: bool, latest: int, refused: Refused, group: int = 0
) -> Response:
    """The form as it was sent, where the action server cannot be asked for anything."""
    choices = {
        "topics": [data["topic"]],
        "schemes": list(filter(None, [data["scheme"]])),
        "sources": [],
        "entries": [],
        "tasks": [],
    }
    return _form(request, who, data, is_new, None, choices, latest, refused, {}, (), group)


def _form(
    request: Request, who: Account, data: dict[str, Any], is_new: bool, seen: dict[str, Any] | None,
    choices: dict[str, Any], latest: int, refused: Refused | None, body: dict[str, Any], heard: Sequence[str],
    group: int,
) -> Response:  # fmt: skip
    return render(
        request, "content/editor.html", who, refused.status if refused else 200,
        data=data, values=form.shown(data), seen=seen, choices=choices, latest=latest, is_new=is_new, body=body,
        sources=form.places(data, "sources", form.SOURCES), refused=refused, heard=heard, group=group,
        follow_ups=form.places(data, "follow_ups", form.FOLLOW_UPS),
        may_edit=who.may("editor"), may_publish=_may_publish(who, seen),
    )  # fmt: skip


def _may_publish(who: Account, seen: dict[str, Any] | None) -> bool:
    open_one = seen["open"] if seen else None
    if not open_one or open_one["state"] != "proposed":
        return False
    return who.may("editor") and who.login not in (open_one["author"], open_one["proposed_by"])
