"""Stores on SQLite and, where it can be started, on a real PostgreSQL."""

from collections.abc import Iterator

import pytest
from application_tools import Desk
from databases import address as address
from databases import postgresql as postgresql
from sqlalchemy import Engine

from actions.applications.engine import migrate, open_engine


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    opened = open_engine(address, seconds=2)
    migrate(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)
