"""A desk on a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from letter_tools import new_desk, new_engine

from actions.letters.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    engine = new_engine(tmp_path)
    yield new_desk(engine)
    engine.dispose()
