"""The district list: by the first letters of a district, a division or a product."""

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from channels.console.ask.answers import Ask
from channels.console.ask.reading import dated
from channels.console.ask.router import Reader, router
from channels.console.pages import is_fragment, render

_MOST = 12  # of 75: a fragment stays small on a slow line
Typed = Annotated[str, Query(max_length=80)]


@router.get("/districts")
async def districts(request: Request, who: Reader, ask: Ask, q: Typed = "", all: bool = False) -> HTMLResponse:
    found = await ask.get("/districts", q=q.strip())
    shown = found["districts"] if all else found["districts"][:_MOST]
    values = {
        "q": q,
        "rows": shown,
        "more": len(found["districts"]) - len(shown),
        "as_of": dated(found["as_of"], who.language),
        "dated": lambda date: dated(date, who.language),
    }
    return render(request, "ask/district_rows.html" if is_fragment(request) else "ask/districts.html", who, **values)
