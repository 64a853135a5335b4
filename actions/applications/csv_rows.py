"""One application as one row of a CSV file, read strictly and written back the same.

number,scheme,district,mobile,history
ODOP/MM/26/000001,margin_money,lucknow,5000000001,applied 2026-09-01; dic_scrutiny 2026-09-12
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import IO, TypeVar

from actions.applications import mobile, number
from actions.applications.directory import Application, Record, Step
from actions.applications.errors import FileProblem
from actions.applications.mobile import Mobile
from actions.applications.stages import Stages
from knowledge import districts
from knowledge.text.normalise import fold

COLUMNS = ("number", "scheme", "district", "mobile", "history")
_STEP = re.compile(r"([a-z_]+)\s+(\S+)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_INDIAN = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})", re.ASCII)
_EARLIEST = date(2018, 1, 24)  # the programme's first day
T = TypeVar("T")


@dataclass(frozen=True)
class BadRow:
    """`reason` never repeats what stood in the field: the report may be passed on."""

    line: int
    field: str
    reason: str


class _Bad(Exception):
    """What is wrong with one field."""


@dataclass
class RowReader:
    """Reads the rows of one file; remembers its numbers, so that none comes twice."""

    stages: Stages
    today: date
    pattern: str = number.PATTERN
    made_up_mobiles: bool = False
    _lines: dict[str, int] = field(default_factory=dict)

    def rows(self, file: IO[str]) -> Iterator[tuple[int, Record | list[BadRow]]]:
        """Each row with its line. Raises FileProblem where the file is no such file at all."""
        reader = csv.reader(file, strict=True)
        _check_header(next(_fields(reader), []))
        for values in _fields(reader):
            if any(value.strip() for value in values):
                yield reader.line_num, self._row(reader.line_num, [value.strip() for value in values])

    def _row(self, line: int, values: list[str]) -> Record | list[BadRow]:
        if len(values) != len(COLUMNS):
            return [BadRow(line, "", f"{len(values)} fields, not {len(COLUMNS)}")]
        bad: list[BadRow] = []

        def read(name: str, reading: Callable[[str], T]) -> T | None:
            try:
                return reading(values[COLUMNS.index(name)])
            except _Bad as problem:
                bad.append(BadRow(line, name, str(problem)))
                return None

        named = read("number", lambda text: self._number(text, line))
        scheme, district = read("scheme", self._scheme), read("district", _district)
        holder = read("mobile", self._mobile)
        history = read("history", lambda text: self._history(text, scheme))
        if named is None or scheme is None or district is None or holder is None or history is None:
            return bad
        return Record(Application(named, scheme, district, history), holder)

    def _number(self, text: str, line: int) -> str:
        if not number.is_well_written(text, self.pattern):
            raise _Bad("not an application number")
        first = self._lines.setdefault(number.key(text), line)
        if first != line:
            raise _Bad(f"the same number as on line {first}, or one that cannot be told from it")
        return text

    def _scheme(self, text: str) -> str:
        if text not in self.stages.by_scheme:
            raise _Bad(f"not a scheme: one of {', '.join(self.stages.by_scheme)}")
        return text

    def _mobile(self, text: str) -> Mobile:
        found = mobile.read(text)
        if found is None or (found.is_made_up and not self.made_up_mobiles):
            raise _Bad("not an Indian mobile number")
        return found

    def _history(self, text: str, scheme: str | None) -> tuple[Step, ...]:
        steps = tuple(self._step(part.strip(), scheme) for part in text.split(";") if part.strip())
        if not steps:
            raise _Bad("no stage")
        if any(later.on < earlier.on for earlier, later in pairwise(steps)):
            raise _Bad("a stage is dated before the one before it")
        return steps

    def _step(self, text: str, scheme: str | None) -> Step:
        found = _STEP.fullmatch(text)
        if not found:
            raise _Bad("not written as: stage date; stage date")
        if scheme is not None and self.stages.find(scheme, found[1]) is None:
            raise _Bad(f"not a stage of {scheme}: one of {', '.join(self.stages.by_scheme[scheme])}")
        on = _date(found[2])
        if not _EARLIEST <= on <= self.today:
            raise _Bad(f"a date before {_EARLIEST} or in the future")
        return Step(found[1], on)


def write(records: Iterable[Record], file: IO[str]) -> int:
    """Writes header and rows as RowReader reads them; gives how many."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for record in records:
        count += 1
        a = record.application
        history = "; ".join(f"{step.code} {step.on}" for step in a.history)
        writer.writerow([a.number, a.scheme, a.district, record.mobile.digits, history])
    return count


def _check_header(names: list[str]) -> None:
    if tuple(name.strip() for name in names) != COLUMNS:
        raise FileProblem(f"the first line must be: {','.join(COLUMNS)}")


def _fields(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise FileProblem(f"line {getattr(reader, 'line_num', 0)} is not CSV: {error}") from None
    except UnicodeDecodeError:
        raise FileProblem("the file is not UTF-8 text: save it as CSV UTF-8") from None


def _district(text: str) -> str:
    """Its id, or one of its names."""
    known = districts.load().by_id
    if text in known:
        return text
    wanted = fold(text)
    found = [d.id for d in known.values() if wanted in {fold(n) for n in (*d.name.values(), *d.aliases, d.id)}]
    if len(found) != 1:
        raise _Bad("not a district of Uttar Pradesh")
    return found[0]


def _date(text: str) -> date:
    """ISO, or day first as written in India."""
    iso, indian = _ISO.fullmatch(text), _INDIAN.fullmatch(text)
    parts = iso.groups() if iso else tuple(reversed(indian.groups())) if indian else ()
    try:
        return date(*(int(part) for part in parts))
    except (TypeError, ValueError):
        raise _Bad("not a date such as 2026-09-01 or 01-09-2026") from None
