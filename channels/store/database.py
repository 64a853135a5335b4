"""The database: opened, brought up to date at its first use, and its failures told in our own words."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy import exc as sa_errors
from sqlalchemy.engine import make_url

from channels.errors import SettingsError, StoreCrossed, StoreFailure
from channels.store.sealed import give_key

MIGRATIONS = Path(__file__).with_name("migrations")
_WRITER = "writer"
_LOOKS_EVERY = 0.001  # seconds; a transaction takes a few times as long
_LOCK = 0x0D0C  # of PostgreSQL's advisory locks, the one of whoever changes these tables


class Database:
    """Nothing is opened before its first use, so that the gateway starts while its database is down."""

    def __init__(self, address: str, seconds: float, seal_key: str = "", pool: int = 12) -> None:
        """`seal_key`: for the columns that are sealed; without it they are given as they lie."""
        self.engine = open_engine(address, seconds, pool)
        give_key(self.engine, seal_key)
        self._seconds = seconds
        self._is_ready = False
        self._preparing = threading.Lock()
        # SQLite's own waiting is a sleep that grows: of several threads each would sleep long after the other is done.
        self._writer = threading.Lock() if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        self.prepare()
        with translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; on SQLite the only one that writes."""
        self.prepare()
        with self._alone(), translated(), _writing(self.engine) as connection:
            yield connection

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The only writer of this process; those of others are waited for by SQLite."""
        if self._writer is None:
            yield
            return
        if not self._writer.acquire(timeout=self._seconds):
            raise StoreFailure("timeout")
        try:
            yield
        finally:
            self._writer.release()

    def prepare(self) -> None:
        """Brings the tables up to date, once; several processes may do it at the same time."""
        if self._is_ready:
            return
        if not self._preparing.acquire(timeout=self._seconds):
            raise StoreFailure("timeout")
        try:
            if not self._is_ready:
                migrate(self.engine)
            self._is_ready = True
        finally:
            self._preparing.release()

    def close(self) -> None:
        self.engine.dispose()


def open_engine(address: str, seconds: float, pool: int = 12) -> Engine:
    """No statement waits longer than `seconds`. Values never stand in an error's text. `pool`: of a PostgreSQL."""
    try:
        url = make_url(address)
    except sa_errors.ArgumentError:
        raise SettingsError("DATABASE_URL: not a database address") from None
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(address, url.database, seconds)
    options = {"connect_timeout": max(1, round(seconds)), "options": f"-c statement_timeout={round(seconds * 1000)}"}
    try:
        sized = {"pool_size": pool, "max_overflow": 0, "pool_timeout": seconds}
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=options, **sized)
    except (sa_errors.ArgumentError, ImportError):
        raise SettingsError("DATABASE_URL: only sqlite and postgresql are supported") from None


def migrate(engine: Engine) -> None:
    with translated(), _writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the database as StoreFailure, without what was asked."""
    try:
        yield
    except sa_errors.TimeoutError:
        raise StoreFailure("no_connection") from None
    except sa_errors.IntegrityError:
        raise StoreCrossed("crossed") from None
    except sa_errors.DBAPIError as error:
        raise StoreFailure(type(error.orig).__name__) from None
    except OSError as error:
        raise StoreFailure(type(error).__name__) from None


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.execution_options(**{_WRITER: True}).begin() as connection:
        yield connection


def _open_sqlite(address: str, database: str | None, seconds: float) -> Engine:
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": seconds})
    if database and database != ":memory:":
        event.listen(engine, "do_connect", _make_file)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", partial(_begin_sqlite, seconds))
    return engine


def _make_file(_: Any, __: Any, arguments: list[Any], ___: Any) -> None:
    """Readable by its owner only: it holds what people said."""
    path = Path(str(arguments[0]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """The driver begins no transaction by itself: _begin_sqlite does."""
    connection.isolation_level = None
    for setting in ("journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(seconds: float, connection: Connection) -> None:
    """A writer takes the lock at once, so that nothing it read changes before it writes."""
    if not connection.get_execution_options().get(_WRITER):
        connection.exec_driver_sql("BEGIN")
        return
    end = time.monotonic() + seconds
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        while not _is_begun(connection, is_last=time.monotonic() > end):
            time.sleep(_LOOKS_EVERY)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


def _is_begun(connection: Connection, is_last: bool) -> bool:
    """SQLite's own waiting sleeps ever longer, so that of several processes the one that writes most writes on."""
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except sa_errors.OperationalError as error:
        if is_last or getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
