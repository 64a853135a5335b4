"""One box: what is typed is sent as it stands, the answer replaces the one before."""

from typing import Annotated, Any

from fastapi import Form, Request
from fastapi.responses import HTMLResponse

from channels.console.access import Account
from channels.console.ask.answers import Answer, Answers, Ask
from channels.console.ask.reading import aloud, dated
from channels.console.ask.router import Reader, router
from channels.console.pages import render

LONGEST = 1000
Text = Annotated[str, Form(max_length=LONGEST)]
EntryId = Annotated[str, Form(max_length=80, pattern="^[a-z0-9-]*$")]


@router.get("")
async def page(request: Request, who: Reader) -> HTMLResponse:
    return _show(request, who, "ask/page.html", "", None)


@router.post("")
async def whole_page(request: Request, who: Reader, ask: Ask, text: Text = "", entry: EntryId = "") -> HTMLResponse:
    """Without JavaScript: the form sent as forms are, or the button of another entry."""
    return _show(request, who, "ask/page.html", text, await _entry(ask, entry) if entry else await _found(ask, text))


@router.post("/found")
async def found(request: Request, who: Reader, ask: Ask, text: Text = "") -> HTMLResponse:
    return _show(request, who, "ask/found.html", text, await _found(ask, text))


@router.post("/entry")
async def entry(request: Request, who: Reader, ask: Ask, entry: EntryId) -> HTMLResponse:
    return _show(request, who, "ask/answer.html", "", await _entry(ask, entry))


async def _found(ask: Answers, text: str) -> Answer | None:
    text = text.strip()
    return await ask.post("/ask", {"text": text}) if text else None


async def _entry(ask: Answers, entry_id: str) -> Answer:
    """As if it were the answer to a question, with no doubt about it."""
    shown = await ask.get(f"/entries/{entry_id}")
    return {"outcome": "chosen", "confidence": None, "answers": [shown], "districts": [], "related": []}


def _show(request: Request, who: Account, template: str, text: str, found: Answer | None) -> HTMLResponse:
    values: dict[str, Any] = {
        "text": text,
        "found": found,
        "longest": LONGEST,
        "options": _options(found) if found else [],
        "dated": lambda date: dated(date, who.language),
        "aloud": aloud,
    }
    return render(request, template, who, **values)


def _options(found: Answer) -> list[Answer]:
    """What the arrow keys walk through: the answers, then what lies near."""
    return [*found["answers"], *found["related"]]
