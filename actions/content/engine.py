"""The database of the edits: the applications' way of opening one, with our own tables and words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from actions.applications import engine as shared
from actions.applications.errors import ApplicationsError, ApplicationsUnavailable
from actions.content.errors import Unavailable

MIGRATIONS = Path(__file__).with_name("migrations")


def open_engine(address: str, seconds: float) -> Engine:
    with _told():
        engine = shared.open_engine(address, seconds)
        try:
            shared.migrate(engine, MIGRATIONS)
        except BaseException:
            engine.dispose()
            raise
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    with _told(), shared.reading(engine) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One after the other, so that the moves are seen in the order of their numbers."""
    with _told(), shared.writing(engine, alone=True) as connection:
        yield connection


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ApplicationsUnavailable as error:
        raise Unavailable(error.reason) from None
    except ApplicationsError as error:
        raise Unavailable(str(error)) from None
