"""What turns add up to, a day: figures are read from these few rows and not from the turns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from channels.turn_log.tables import CountRow, TotalRow

_SPEEDS = ((1000, "1"), (3000, "3"), (8000, "8"))  # milliseconds: up to so many seconds
SLOWEST = "9"

Key = tuple[str, date, str, str, str]  # kind, day, value, channel, language


class Counts:
    """Gathers changes and writes them at once, always in the same order: two writers then never block each other."""

    def __init__(self) -> None:
        self._changes: dict[Key, int] = {}

    def turn(self, turn: dict[str, Any], by: int = 1) -> None:
        """A turn, or with -1 one that is taken back."""
        self.add("outcome", turn["outcome"], turn, by)
        self.add("speed", speed(turn["milliseconds"]), turn, by)
        for kind in ("topic", "entry", "district", "task", "mark"):
            if turn.get(kind):
                self.add(kind, turn[kind], turn, by)

    def add(self, kind: str, value: str, turn: dict[str, Any], by: int) -> None:
        key = (kind, turn["day"], value, turn["channel"], turn["language"])
        self._changes[key] = self._changes.get(key, 0) + by

    def write(self, connection: Connection) -> None:
        totals: Counter[tuple[str, date, str]] = Counter()
        for (kind, day, value, _, _), by in self._changes.items():
            totals[kind, day, value] += by
        _grow(connection, CountRow, ("kind", "day", "value", "channel", "language"), self._changes)
        _grow(connection, TotalRow, ("kind", "day", "value"), totals)


def _grow(connection: Connection, table: Any, keys: Sequence[str], changes: Mapping[Any, int]) -> None:
    rows = [dict(zip((*keys, "count"), (*key, by), strict=True)) for key, by in sorted(changes.items()) if by]
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(table)
    grown = {"count": table.count + new.excluded.count}
    connection.execute(new.on_conflict_do_update(index_elements=[*keys], set_=grown), rows)


def speed(milliseconds: int) -> str:
    return next((name for most, name in _SPEEDS if milliseconds <= most), SLOWEST)
