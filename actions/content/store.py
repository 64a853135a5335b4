"""Versions of entries and what was done with them. Every saving is a version; none is ever changed or lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, select, update

from actions.content.engine import reading, writing
from actions.content.errors import NotAllowed, Overtaken, Unknown
from actions.content.tables import OPEN, MoveRow, State, VersionRow


@dataclass(frozen=True)
class Version:
    entry: str
    number: int
    state: State
    text: str
    author: str
    note: str
    at: datetime
    proposed_by: str | None
    withdrawal_by: str | None


@dataclass(frozen=True)
class Move:
    number: int
    what: str
    who: str
    at: datetime
    words: str


_VERSION = (
    VersionRow.entry, VersionRow.number, VersionRow.state, VersionRow.text,
    VersionRow.author, VersionRow.note, VersionRow.at, VersionRow.proposed_by,
    VersionRow.withdrawal_by,
)  # fmt: skip


class Versions:
    def __init__(self, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine, self._clock = engine, clock

    def latest_move(self) -> int:
        """Cheap, for whoever looks every two seconds: another number means that something was done."""
        with reading(self._engine) as connection:
            return connection.execute(select(func.max(MoveRow.id))).scalar() or 0

    def published(self) -> list[Version]:
        return self._where(VersionRow.state == State.PUBLISHED)

    def open_ones(self) -> list[Version]:
        """Drafts and proposals."""
        return self._where(VersionRow.state.in_(OPEN))

    def of(self, entry: str) -> list[Version]:
        """All versions of it, the newest first."""
        return self._where(VersionRow.entry == entry)

    def get(self, entry: str, number: int) -> Version:
        with reading(self._engine) as connection:
            return _version(connection, entry, number)

    def moves(self, entry: str) -> list[Move]:
        """The newest first."""
        wanted = select(MoveRow.number, MoveRow.what, MoveRow.who, MoveRow.at, MoveRow.words)
        with reading(self._engine) as connection:
            found = connection.execute(wanted.where(MoveRow.entry == entry).order_by(MoveRow.id.desc())).all()
        return [Move(*row) for row in found]

    def suggestions(self) -> dict[str, int]:
        """How many corrections were suggested of an entry since somebody last saved it."""
        saved = select(MoveRow.entry, func.max(MoveRow.id).label("id")).where(MoveRow.what == "saved")
        last = saved.group_by(MoveRow.entry).subquery()
        wanted = select(MoveRow.entry, func.count()).outerjoin(last, last.c.entry == MoveRow.entry)
        wanted = wanted.where(MoveRow.what == "suggested", MoveRow.id > func.coalesce(last.c.id, 0))
        with reading(self._engine) as connection:
            return {row[0]: row[1] for row in connection.execute(wanted.group_by(MoveRow.entry))}

    def save(self, entry: str, text: str, author: str, note: str, based_on: int) -> int:
        """A new draft in place of what was open; `based_on`: the newest version its author had seen (0: none)."""
        with writing(self._engine) as connection:
            latest = _latest(connection, entry)
            if latest != based_on:
                raise Overtaken(latest)
            _set(connection, entry, OPEN, State.REPLACED)
            row = {"entry": entry, "number": latest + 1, "state": State.DRAFT, "text": text, "author": author}
            connection.execute(insert(VersionRow).values(**row, note=note, at=self._clock(), proposed_by=None))
            self._note(connection, entry, latest + 1, "saved", author, note)
        return latest + 1

    def propose(self, entry: str, number: int, who: str) -> None:
        with writing(self._engine) as connection:
            self._move(connection, _in(connection, entry, number, State.DRAFT), State.PROPOSED, who)
            mine = update(VersionRow).where(VersionRow.entry == entry, VersionRow.number == number)
            connection.execute(mine.values(proposed_by=who))

    def publish(self, entry: str, number: int, who: str) -> None:
        """Raises NotAllowed where it is the author's own, or nobody has proposed it."""
        with writing(self._engine) as connection:
            proposed = _in(connection, entry, number, State.PROPOSED)
            if who in (proposed.author, proposed.proposed_by):
                raise NotAllowed("own_work")
            _set(connection, entry, (State.PUBLISHED,), State.REPLACED)
            self._move(connection, proposed, State.PUBLISHED, who)

    def reject(self, entry: str, number: int, who: str, reason: str) -> None:
        with writing(self._engine) as connection:
            self._move(connection, _in(connection, entry, number, State.PROPOSED), State.REJECTED, who, reason)

    def ask_withdrawal(self, entry: str, number: int, who: str, reason: str) -> None:
        """It goes on being said until a second person agrees."""
        with writing(self._engine) as connection:
            if _in(connection, entry, number, State.PUBLISHED).withdrawal_by:
                raise NotAllowed("asked_already")
            _want_back(connection, entry, number, who)
            self._note(connection, entry, number, "withdrawal", who, reason)

    def withdraw(self, entry: str, number: int, who: str) -> None:
        """Raises NotAllowed where nobody has asked for it, or the same person."""
        with writing(self._engine) as connection:
            found = _in(connection, entry, number, State.PUBLISHED)
            _must_be_asked(found)
            if found.withdrawal_by == who:
                raise NotAllowed("own_withdrawal")
            self._move(connection, found, State.WITHDRAWN, who)

    def keep(self, entry: str, number: int, who: str) -> None:
        """It is not taken back after all."""
        with writing(self._engine) as connection:
            _must_be_asked(_in(connection, entry, number, State.PUBLISHED))
            _want_back(connection, entry, number, None)
            self._note(connection, entry, number, "kept", who, "")

    def in_files(self, versions: Sequence[Version], who: str) -> None:
        """They are in the repository now: the overlay does not need them any more."""
        with writing(self._engine) as connection:
            for version in versions:
                self._move(connection, _in(connection, version.entry, version.number, State.PUBLISHED),
                           State.IN_FILES, who)  # fmt: skip

    def suggest(self, entry: str, who: str, words: str) -> None:
        with writing(self._engine) as connection:
            self._note(connection, entry, _latest(connection, entry), "suggested", who, words)

    def _where(self, condition: ColumnElement[bool]) -> list[Version]:
        wanted = select(*_VERSION).where(condition).order_by(VersionRow.entry, VersionRow.number.desc())
        with reading(self._engine) as connection:
            return [_read(row) for row in connection.execute(wanted)]

    def _move(self, connection: Connection, version: Version, to: State, who: str, words: str = "") -> None:
        this = update(VersionRow).where(VersionRow.entry == version.entry, VersionRow.number == version.number)
        connection.execute(this.values(state=to))
        self._note(connection, version.entry, version.number, to, who, words)

    def _note(self, connection: Connection, entry: str, number: int, what: str, who: str, words: str) -> None:
        row = {"entry": entry, "number": number, "what": str(what), "who": who, "words": words}
        connection.execute(insert(MoveRow).values(**row, at=self._clock()))


def _read(row: Sequence[object]) -> Version:
    entry, number, state, *rest = row
    return Version(entry, number, State(str(state)), *rest)  # type: ignore[arg-type]


def _version(connection: Connection, entry: str, number: int) -> Version:
    wanted = select(*_VERSION).where(VersionRow.entry == entry, VersionRow.number == number)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise Unknown(entry)
    return _read(row)


def _in(connection: Connection, entry: str, number: int, state: State) -> Version:
    """It must be in this state: somebody else may have been quicker."""
    found = _version(connection, entry, number)
    if found.state != state:
        raise NotAllowed(f"not_{state}")
    return found


def _must_be_asked(version: Version) -> None:
    if not version.withdrawal_by:
        raise NotAllowed("not_asked")


def _want_back(connection: Connection, entry: str, number: int, who: str | None) -> None:
    this = update(VersionRow).where(VersionRow.entry == entry, VersionRow.number == number)
    connection.execute(this.values(withdrawal_by=who))


def _latest(connection: Connection, entry: str) -> int:
    return connection.execute(select(func.max(VersionRow.number)).where(VersionRow.entry == entry)).scalar() or 0


def _set(connection: Connection, entry: str, states: Sequence[State], to: State) -> None:
    those = update(VersionRow).where(VersionRow.entry == entry, VersionRow.state.in_(states))
    connection.execute(those.values(state=to))
