"""The desk of the applications' tests, on SQLite, and a talk over it."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "applications"))

from application_tools import Desk
from status_talk import Talk

from actions.applications.engine import migrate, open_engine


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    engine = open_engine(f"sqlite:///{tmp_path / 'applications.db'}", seconds=2)
    migrate(engine)
    return Desk(engine)


@pytest.fixture
def talk(desk: Desk) -> Talk:
    return Talk(lambda: desk.disclosure)
