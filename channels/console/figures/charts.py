"""Tables as drawings: numbers for the SVG of the page, and the sentence that says the same."""

from dataclasses import dataclass

from channels.console.figures.sheets import Cell, Sheet
from channels.console.moments import plain_day

WIDTH, HEIGHT = 600, 160
_FEW = 12  # rows, of which those that count nothing are drawn too


@dataclass(frozen=True)
class Bar:
    label: Cell
    value: Cell
    width: float  # of 100


@dataclass(frozen=True)
class Line:
    """`points` as SVG writes them; `highest`: what the top of the drawing stands for."""

    points: str
    highest: float
    first: Cell
    last: Cell


def bars(sheet: Sheet) -> list[Bar]:
    """Of many rows only those that count something: the table has all of them."""
    most = max((_number(row[1]) for row in sheet.rows), default=0) or 1
    rows = sheet.rows if len(sheet.rows) <= _FEW else [row for row in sheet.rows if _number(row[1])]
    return [Bar(row[0], row[1], round(100 * _number(row[1]) / most, 2)) for row in rows]


def line(sheet: Sheet) -> Line | None:
    """None where there is nothing to draw a line through."""
    values = [_number(row[1]) for row in sheet.rows]
    if len(values) < 2 or not any(values):
        return None
    highest, step = max(values), WIDTH / (len(values) - 1)
    places = (f"{place * step:.1f},{HEIGHT - HEIGHT * value / highest:.1f}" for place, value in enumerate(values))
    return Line(" ".join(places), highest, sheet.rows[0][0], sheet.rows[-1][0])


def most(sheet: Sheet) -> tuple[Cell, Cell] | None:
    """The row with the largest value: what the drawing shows at a glance."""
    best = max(sheet.rows, key=lambda row: _number(row[1]), default=None)
    return (best[0], best[1]) if best and _number(best[1]) else None


def shown(cell: Cell) -> Cell:
    """As people read it: days as on the other pages, and no ".0"."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else round(cell, 1)
    return plain_day(cell) if isinstance(cell, str) else cell


def _number(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0
