"""The database: opened, brought up to date, and its failures told in our own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy import exc as sa_errors
from sqlalchemy.engine import make_url

from actions.applications.errors import ApplicationsTimedOut, ApplicationsUnavailable, SettingsError

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")
_WRITER = "writer"
_LOCK = 0x0D0B  # of PostgreSQL's advisory locks, the one of whoever writes applications
_QUERY_CANCELED = "57014"
_LOCK_NOT_AVAILABLE = "55P03"


def open_engine(address: str, seconds: float) -> Engine:
    """No statement waits longer than `seconds`. Values never stand in an error's text."""
    try:
        url = make_url(address)
    except sa_errors.ArgumentError:
        raise SettingsError("DATABASE_URL: not a database address") from None
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(address, url.database, seconds)
    options = {"connect_timeout": max(1, round(seconds)), "options": f"-c statement_timeout={round(seconds * 1000)}"}
    try:
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_timeout=seconds, connect_args=options)
    except (sa_errors.ArgumentError, ImportError):
        raise SettingsError("DATABASE_URL: only sqlite and postgresql are supported") from None


def migrate(engine: Engine, migrations: Path = MIGRATIONS) -> None:
    """Brings the tables up to date; several processes may do it at once."""
    from alembic import command  # a second of loading, which a start need not wait for

    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        exclusive(connection)
        command.upgrade(alembic_config(connection, migrations), "head")


def alembic_config(connection: Connection, migrations: Path = MIGRATIONS) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    with translated(), engine.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, alone: bool = False) -> Iterator[Connection]:
    """One transaction. `alone`: nobody else writes so at the same time, on PostgreSQL either."""
    with translated(), engine.execution_options(**{_WRITER: True}).begin() as connection:
        if alone:
            exclusive(connection)
        yield connection


def exclusive(connection: Connection) -> None:
    """Until the transaction ends. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the database as ApplicationsUnavailable, without what was asked."""
    try:
        yield
    except sa_errors.TimeoutError:
        raise ApplicationsTimedOut("no connection was free") from None
    except sa_errors.DBAPIError as error:
        if isinstance(error, (sa_errors.IntegrityError, sa_errors.DataError, sa_errors.ProgrammingError)):
            raise ApplicationsUnavailable(type(error).__name__) from None
        if _timed_out(error.orig):
            raise ApplicationsTimedOut from None
        raise ApplicationsUnavailable(type(error.orig).__name__) from None
    except OSError as error:
        raise ApplicationsUnavailable(type(error).__name__) from None


def _timed_out(error: Any) -> bool:
    if getattr(error, "sqlstate", None) in (_QUERY_CANCELED, _LOCK_NOT_AVAILABLE):
        return True
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _open_sqlite(address: str, database: str | None, seconds: float) -> Engine:
    if database and database != ":memory:":
        with translated():
            Path(database).parent.mkdir(parents=True, exist_ok=True)
            Path(database).touch(mode=0o600)
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": seconds})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """The driver begins no transaction by itself: _begin_sqlite does."""
    connection.isolation_level = None
    for setting in ("journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once, so that nothing it read changes before it writes."""
    writes = connection.get_execution_options().get(_WRITER)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
