"""The store's work for one turn, with more and more turns and people in it: SQLite, in a folder of its own."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection, text

from benchmarks import console
from benchmarks.growth.row import Row
from channels.app import create_app
from channels.delivery import inbox
from channels.delivery.contacts import Address
from channels.delivery.inbox import Incoming
from channels.delivery.service import vault_of
from channels.settings import Settings
from channels.turn_log import writing
from channels.turn_log.noted import Noted

HEAD = [
    "turns",
    "people",
    "store, MB",
    "look before a turn, ms",
    "turn written, ms",
    "webhook recorded, new person, ms",
    "known person, ms",
]
EACH = 10  # turns of a person
_SEED_TURNS, _TIMES = 10_000, 60


def rows(sizes: Sequence[int]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="growth-") as folder:
        address = f"sqlite:///{Path(folder) / 'gateway.db'}"
        app = create_app(Settings(_env_file=None, database_url=SecretStr(address), store_timeout_seconds=30))  # type: ignore[call-arg]
        database, begun = app.state.handovers.database, False
        for size in sizes:
            with database.writing() as connection:
                if not begun:
                    _begin(app, connection)
                    begun = True
                _fill(connection, size)
            yield Row(size, [size // EACH, _size(Path(folder)), *_costs(app, size)])
        app.state.handovers.close()


def _begin(app: Any, connection: Connection) -> None:
    """The first ones, made one by one; the rest are copies under other names."""
    made, now = random.Random(1), datetime.now(UTC)
    sealed = app.state.notes.texts.seal("made-up question")
    console._turns(connection, made, _SEED_TURNS, _SEED_TURNS // EACH, now, sealed)
    console._people(connection, made, now, _SEED_TURNS // EACH)


def _fill(connection: Connection, size: int) -> None:
    _copied(connection, "turns", {"key": "lower(hex(randomblob(16)))", "person": "lower(hex(randomblob(16)))"}, size)
    _copied(connection, "contacts", {"key": "lower(hex(randomblob(20)))"}, size // EACH)


def _copied(connection: Connection, table: str, fresh: dict[str, str], size: int) -> None:
    """Doubles the table until it has `size` rows."""
    names = [row[1] for row in connection.execute(text(f"PRAGMA table_info({table})")) if row[1] != "id"]
    values = ", ".join(fresh.get(name, name) for name in names)
    while (there := connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()) < size:
        copy = f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} ORDER BY id LIMIT {size - there}"
        connection.execute(text(copy))


def _costs(app: Any, size: int) -> list[float]:
    database, vault, texts = app.state.handovers.database, vault_of(app.state.settings), app.state.notes.texts
    users = app.state.handovers._users

    def turn(number: int) -> None:
        noted = Noted(
            f"{size:08}{number:024}", f"s-{number}", None, datetime.now(UTC), "web", "hi", "answered", 80, "?", "e", "t"
        )
        with database.writing() as connection:
            writing.write(connection, [noted], texts)

    def webhook(number: int, sid: str) -> None:
        sender = Address.read(f"whatsapp:+91{size % 10**6:06}{number:04}")
        with database.writing() as connection:
            inbox.record(
                connection,
                vault,
                Incoming(f"{sid}{size}x{number}", sender, "", "loan ke liye kagaz"),
                datetime.now(UTC),
            )

    work: tuple[Callable[[int], object], ...] = (
        lambda number: users.glance(f"s-{number}"),
        turn,
        lambda number: webhook(number, "SM1"),
        lambda number: webhook(number, "SM2"),
    )
    return [_milliseconds(each) for each in work]


def _milliseconds(work: Callable[[int], object]) -> float:
    took = []
    for number in range(_TIMES):
        begun = time.thread_time()
        work(number)
        took.append((time.thread_time() - begun) * 1000)
    return median(took)


def _size(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.iterdir()) / 2**20
