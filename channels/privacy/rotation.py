"""Keys of what is stored, changed for new ones: a few rows at a time, as often broken off and begun again as need be.

What a row needs can be seen in the row itself, so nothing is remembered: what is under the newest key is left alone.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from channels.delivery.contacts import ADDRESSES, TEXTS, NotReadable, Vault
from channels.sealing import cipher, ciphers
from channels.store.console_tables import NoteRow
from channels.store.database import Database
from channels.store.doubts import DoubtRow
from channels.store.rows import change
from channels.store.sealed import HANDOVERS
from channels.store.tables import ContactRow, HandoverRow, InboundRow, MessageRow, OutboundRow
from channels.turn_log.tables import TurnRow
from channels.turn_log.texts import TEXTS as ASKED

BATCH = 500
Row = tuple[int, str]
_IS_TOKEN = "gAAAAA"


@dataclass(frozen=True)
class Column:
    """`key`: the number of its rows, by which they are gone through."""

    sealed: Any
    key: Any
    purpose: bytes

    @property
    def name(self) -> str:
        return f"{self.sealed.class_.__tablename__}.{self.sealed.key}"


COLUMNS = (
    Column(ContactRow.sealed_address, ContactRow.id, ADDRESSES),
    Column(InboundRow.sealed_body, InboundRow.id, TEXTS),
    Column(OutboundRow.sealed_text, OutboundRow.id, TEXTS),
    Column(DoubtRow.sealed_words, DoubtRow.contact_id, TEXTS),
    Column(TurnRow.sealed_text, TurnRow.id, ASKED),
    Column(HandoverRow.summary, HandoverRow.id, HANDOVERS),
    Column(HandoverRow.end_reason, HandoverRow.id, HANDOVERS),
    Column(MessageRow.text, MessageRow.id, HANDOVERS),
    Column(NoteRow.text, NoteRow.id, HANDOVERS),
)


@dataclass
class Count:
    """Of one column, or of the people: how many were seen, changed, and cannot be opened with any key."""

    name: str
    seen: int = 0
    changed: int = 0
    closed: int = 0


class Reseal:
    """`database` must be one without a key: it gives the columns as they lie."""

    def __init__(self, database: Database, seal_keys: str) -> None:
        self._database, self._keys = database, seal_keys

    def column(self, column: Column) -> Iterator[Count]:
        """Told after each batch."""
        every, newest = ciphers(column.purpose, self._keys), cipher(column.purpose, self._keys.split()[0])
        count, last = Count(column.name), -1
        while True:
            with self._database.writing() as connection:
                rows = _after(connection, column, last)
                for key, sealed in rows:
                    self._one(connection, column, key, sealed, every, newest, count)
            if not rows:
                return
            last = rows[-1][0]
            yield count

    def _one(
        self,
        connection: Connection,
        column: Column,
        key: int,
        sealed: str,
        every: MultiFernet,
        newest: Fernet,
        count: Count,
    ) -> None:
        count.seen += 1
        if _opens(newest, sealed):
            return
        is_plain = column.purpose == HANDOVERS and not sealed.startswith(_IS_TOKEN)
        try:
            fresh = newest.encrypt(sealed.encode()) if is_plain else every.rotate(sealed)
        except InvalidToken:
            count.closed += 1
            return
        _write(connection, column, key, sealed, fresh.decode())
        count.changed += 1


async def rename_people(
    database: Database, vault: Vault, rename: Callable[[str, str], Awaitable[None]], told: Callable[[Count], None]
) -> Count:
    """Everybody is known by the newest hash key from then on. The bot first: done twice it is as if done once.

    Who was erased and wanted no messages has no address left: only the old key knows them again.
    """
    count, last = Count("contacts.key"), -1
    while True:
        with database.reading() as connection:
            rows = connection.execute(_people(last)).all()
        for row in rows:
            count.seen += 1
            await _rename(database, vault, rename, row, count)
        if not rows:
            return count
        last = rows[-1].id
        told(count)


async def _rename(
    database: Database, vault: Vault, rename: Callable[[str, str], Awaitable[None]], row: Any, count: Count
) -> None:
    try:
        key = vault.key(vault.open_address(row.sealed_address)) if row.sealed_address else None
    except NotReadable:
        key = None
    if key == row.key:
        return
    if key is None:
        count.closed += 1
        return
    await rename(f"c{row.key}", f"c{key}")
    with database.writing() as connection:
        _move(connection, row.id, row.key, key)
    count.changed += 1


def _move(connection: Connection, contact_id: int, old: str, key: str) -> None:
    """Who has written meanwhile to a gateway that did not hold the old key is there twice: then they are put
    together, and a wish for no messages counts. Of two open conversations with staff the newer one stays open."""
    mine = ContactRow.id == contact_id
    state = connection.execute(select(ContactRow.state).where(mine).with_for_update()).scalar()
    twin = connection.execute(select(ContactRow.id).where(ContactRow.key == key)).scalar()
    if twin is None:
        connection.execute(update(ContactRow).where(mine, ContactRow.key == old).values(key=key))
    else:
        for table in (InboundRow, OutboundRow):
            connection.execute(update(table).where(table.contact_id == contact_id).values(contact_id=twin))
        if state == "opted_out":
            connection.execute(update(ContactRow).where(ContactRow.id == twin).values(state=state))
        connection.execute(delete(ContactRow).where(mine))
        _close_one(connection, f"c{old}", f"c{key}")
    handovers = update(HandoverRow).where(HandoverRow.session_id == f"c{old}")
    connection.execute(handovers.values(session_id=f"c{key}"))


def _close_one(connection: Connection, old: str, key: str) -> None:
    """Of one session only one can be open."""
    both = HandoverRow.session_id.in_((old, key)) & HandoverRow.closed_at.is_(None)
    listed = select(HandoverRow.id).where(both).order_by(HandoverRow.asked_at)
    for earlier in connection.execute(listed).scalars().all()[:-1]:
        change(connection, earlier, closed_at=datetime.now(UTC), ended="closed")


def _people(last: int) -> Any:
    columns = (ContactRow.id, ContactRow.key, ContactRow.sealed_address)
    return select(*columns).where(ContactRow.id > last).order_by(ContactRow.id).limit(BATCH)


def _after(connection: Connection, column: Column, last: int) -> list[Row]:
    """The next rows that have something in this column."""
    sealed: InstrumentedAttribute[Any] = column.sealed
    listed = select(column.key, sealed).where(column.key > last, sealed.is_not(None), sealed != "")
    return [(row[0], row[1]) for row in connection.execute(listed.order_by(column.key).limit(BATCH))]


def _write(connection: Connection, column: Column, key: int, before: str, sealed: str) -> None:
    """Not over what somebody else has written there since."""
    table = cast(Table, column.sealed.class_.__table__)
    same = (column.key == key, column.sealed == before)
    connection.execute(update(table).where(*same).values({column.sealed.key: sealed}))


def _opens(newest: Fernet, sealed: str) -> bool:
    try:
        newest.decrypt(sealed)
    except InvalidToken:
        return False
    return True
