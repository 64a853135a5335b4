"""The page of figures, and each of its tables as CSV."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from channels.console import words
from channels.console.access import Account, staff
from channels.console.errors import Refused
from channels.console.figures import charts
from channels.console.figures.sheets import SHEETS, Reader, Sheet
from channels.console.pages import render
from channels.console.store import Store
from channels.models import Channel, Language
from channels.turn_log.figures import Range
from channels.turn_log.persons import day_of

LONGEST = 366
_USUAL = timedelta(days=29)
_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)  # other days have no moment in every time zone
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

router = APIRouter()
Viewer = Annotated[Account, Depends(staff("supervisor", "editor"))]


def asked(
    since: Annotated[date | None, Query()] = None,
    until: Annotated[date | None, Query()] = None,
    channel: Annotated[Channel | Literal[""], Query()] = "",
    language: Annotated[Language | Literal[""], Query()] = "",
) -> Range:
    """The last thirty days, unless others are asked for."""
    until = until or day_of(datetime.now(UTC))
    since = since or max(until, _FIRST) - _USUAL
    if not (_FIRST <= since <= until <= _LAST and until - since < timedelta(days=LONGEST)):
        raise Refused("figures.bad_range", 422, days=LONGEST)
    return Range(since, until, channel or None, language or None)


Asked = Annotated[Range, Depends(asked)]


@router.get("/figures")
async def page(request: Request, who: Viewer, store: Store, span: Asked) -> HTMLResponse:
    sheets = await store.read(_sheets, tuple(SHEETS), span, who.language, request.app.state.settings.districts_file)
    shown: dict[str, Any] = {"sheets": sheets, "span": span, "charts": charts}
    return render(request, "figures/page.html", who, **shown, query=str(request.url.query))


@router.get("/figures/{name}.csv")
async def as_csv(request: Request, who: Viewer, store: Store, span: Asked, name: str) -> Response:
    if name not in SHEETS:
        raise Refused("common.not_found", 404)
    file = request.app.state.settings.districts_file
    (sheet,) = await store.read(_sheets, (name,), span, who.language, file)
    disposition = f'attachment; filename="{name}-{span.since}-{span.until}.csv"'
    # With the mark by which spreadsheets know UTF-8.
    content = written(sheet, who.language).encode("utf-8-sig")
    return Response(content, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


def written(sheet: Sheet, language: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([words.say(language, f"figures.head_{head}") for head in sheet.heads])
    writer.writerows([[harmless(cell) for cell in row] for row in sheet.rows])
    return out.getvalue()


def harmless(cell: Any) -> Any:
    """No text that a spreadsheet would take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _sheets(connection: Connection, names: tuple[str, ...], span: Range, language: str, file: Any) -> list[Sheet]:
    reader = Reader(connection, span, language, file)
    return [SHEETS[name](reader) for name in names]
