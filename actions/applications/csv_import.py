"""Reads a CSV file into the store, batch by batch, each in one transaction.

Stopped at any point, it is simply started again: what is stored already is recognised and left alone.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol

from actions.applications.csv_rows import BadRow, RowReader
from actions.applications.directory import Record
from actions.applications.errors import FileProblem
from actions.applications.store import Counts

BATCH = 500
_Row = tuple[int, Record | list[BadRow]]


class Store(Protocol):
    def put(self, records: list[Record]) -> Counts: ...


@dataclass
class Imported:
    counts: Counts = field(default_factory=Counts)
    bad: list[BadRow] = field(default_factory=list)

    @property
    def bad_rows(self) -> int:
        return len({row.line for row in self.bad})


def import_file(path: Path, store: Store, reader: RowReader, batch: int, progress: Callable[[int], object]) -> Imported:
    """`progress` is told the number of rows done with each batch."""
    done = Imported()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = reader.rows(file)
            while some := list(islice(rows, batch)):
                _import_batch(some, store, done)
                progress(len(some))
    except OSError as error:
        raise FileProblem(f"{path.name} cannot be read: {error.strerror}") from None
    return done


def rows_in(path: Path) -> int:
    """About how many rows, for the progress shown."""
    try:
        with path.open("rb") as file:
            return max(0, sum(1 for _ in file) - 1)
    except OSError as error:
        raise FileProblem(f"{path.name} cannot be read: {error.strerror}") from None


def write_report(path: Path, bad: list[BadRow]) -> None:
    """Line, field and reason of each mistake; nothing of what stood there."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("line", "field", "reason"))
        writer.writerows((row.line, row.field, row.reason) for row in bad)


def _import_batch(rows: list[_Row], store: Store, done: Imported) -> None:
    good = [row for _, row in rows if isinstance(row, Record)]
    done.bad += _bad(rows)
    if good:
        done.counts += store.put(good)


def _bad(rows: list[_Row]) -> Iterator[BadRow]:
    for _, row in rows:
        if isinstance(row, list):
            yield from row
