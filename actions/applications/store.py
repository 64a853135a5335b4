"""Applications in our own database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Unpack

from sqlalchemy import Connection, Engine, Row, Select, delete, insert, select, update

from actions.applications import number
from actions.applications.directory import Application, Record, Step
from actions.applications.engine import reading, writing
from actions.applications.mobile import Mobile
from actions.applications.tables import ApplicationRow, StageRow
from actions.applications.vault import Vault

_PAGE = 500
_Row = Row[Unpack[tuple[Any, ...]]]
_NOBODY = Record(Application("0" * 14, "-", "-", ()), Mobile("5" + "0" * 9))


@dataclass(frozen=True)
class Counts:
    """What storing did."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.new + other.new, self.changed + other.changed, self.same + other.same)


class SqlApplications:
    """The interface of directory.py, and what import and export need."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._vault = vault
        self._clock = clock
        # Opened when nothing was found, so that nothing takes as long as something.
        self._nothing = (vault.seal(_NOBODY.application.number), vault.seal(_NOBODY.mobile.digits))

    def find(self, written: str) -> Record | None:
        wanted = _QUERY.where(ApplicationRow.number_hash == self._number_hash(written))
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(StageRow.place)).all()
        sealed = (rows[0].number_sealed, rows[0].mobile_sealed) if rows else self._nothing
        opened = self._vault.open(sealed[0]), self._vault.open(sealed[1])
        return _record(rows, *opened) if rows else None

    def owned_by(self, mobile: Mobile) -> tuple[Application, ...]:
        wanted = _QUERY.where(ApplicationRow.mobile_hash == self._vault.hash("mobile", mobile.digits))
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(ApplicationRow.id, StageRow.place)).all()
        return tuple(record.application for record in self._records(rows))

    def every(self) -> Iterator[Record]:
        """All of them, page by page, in the order in which they came."""
        last = 0
        while True:
            ids = select(ApplicationRow.id).where(ApplicationRow.id > last).order_by(ApplicationRow.id).limit(_PAGE)
            with reading(self._engine) as connection:
                page = connection.execute(ids).scalars().all()
                wanted = _QUERY.where(ApplicationRow.id.in_(page)).order_by(ApplicationRow.id, StageRow.place)
                rows = connection.execute(wanted).all() if page else []
            if not rows:
                return
            yield from self._records(rows)
            last = page[-1]

    def put(self, records: Sequence[Record]) -> Counts:
        """Stores them in one transaction. What is stored already, just so, is left as it is."""
        given = {self._number_hash(record.application.number): record for record in records}
        with writing(self._engine, alone=True) as connection:
            known = _known(connection, given)
            new = [h for h in given if h not in known]
            changed = [h for h in known if known[h].row_hash != self._row_hash(given[h])]
            if new:
                connection.execute(insert(ApplicationRow), [self._values(h, given[h]) for h in new])
            for h in changed:
                of_this = update(ApplicationRow).where(ApplicationRow.id == known[h].id)
                connection.execute(of_this.values(self._values(h, given[h])))
            _put_stages(connection, {h: given[h] for h in new + changed})
        return Counts(len(new), len(changed), len(given) - len(new) - len(changed))

    def _number_hash(self, written: str) -> str:
        return self._vault.hash("number", number.key(written))

    def _row_hash(self, record: Record) -> str:
        a = record.application
        steps = [part for step in a.history for part in (step.code, step.on.isoformat())]
        return self._vault.hash("row", a.number, a.scheme, a.district, record.mobile.digits, *steps)

    def _values(self, number_hash: str, record: Record) -> dict[str, Any]:
        return {
            "number_hash": number_hash,
            "number_sealed": self._vault.seal(record.application.number),
            "mobile_hash": self._vault.hash("mobile", record.mobile.digits),
            "mobile_sealed": self._vault.seal(record.mobile.digits),
            "scheme": record.application.scheme,
            "district": record.application.district,
            "row_hash": self._row_hash(record),
            "changed_at": self._clock(),
        }

    def _records(self, rows: Iterable[_Row]) -> Iterator[Record]:
        for _, group in groupby(rows, key=lambda row: row.id):
            of_one = list(group)
            yield _record(of_one, self._vault.open(of_one[0].number_sealed), self._vault.open(of_one[0].mobile_sealed))


_QUERY: Select[Unpack[tuple[Any, ...]]] = select(
    ApplicationRow.id,
    ApplicationRow.number_sealed,
    ApplicationRow.mobile_sealed,
    ApplicationRow.scheme,
    ApplicationRow.district,
    StageRow.code,
    StageRow.reached_on,
).join(StageRow, StageRow.application_id == ApplicationRow.id)


def _record(rows: Sequence[_Row], number_text: str, mobile: str) -> Record:
    history = tuple(Step(row.code, row.reached_on) for row in rows)
    return Record(Application(number_text, rows[0].scheme, rows[0].district, history), Mobile(mobile))


def _known(connection: Connection, hashes: Iterable[str]) -> dict[str, _Row]:
    wanted = select(ApplicationRow.number_hash, ApplicationRow.id, ApplicationRow.row_hash)
    rows = connection.execute(wanted.where(ApplicationRow.number_hash.in_(list(hashes)))).all()
    return {row.number_hash: row for row in rows}


def _put_stages(connection: Connection, records: dict[str, Record]) -> None:
    """In place of those stored before."""
    if not records:
        return
    ids = {h: row.id for h, row in _known(connection, records).items()}
    connection.execute(delete(StageRow).where(StageRow.application_id.in_(ids.values())))
    stages = [
        {"application_id": ids[h], "place": place, "code": step.code, "reached_on": step.on}
        for h, record in records.items()
        for place, step in enumerate(record.application.history)
    ]
    connection.execute(insert(StageRow), stages)
