"""Letters in the database, on SQLite and PostgreSQL: found and read with the link only, and only for a while."""

from datetime import timedelta
from pathlib import Path

import pytest
from application_tools import NOON, statements
from sqlalchemy import Engine, select

from actions.applications.engine import migrate, open_engine, reading
from actions.applications.tables import LetterRow
from actions.letters.letter import Block, Letter
from actions.letters.store import LetterStore, remove_expired

LETTER = Letter("bank", "hi", (Block("to", ("सेवा में,", "शकुंतला, मुरादाबाद")), Block("text", ("{{ 7*7 }} %s",))))
HOURS = timedelta(hours=24)


@pytest.fixture
def store(engine: Engine) -> LetterStore:
    return LetterStore(engine, HOURS)


def ids(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(select(LetterRow.id)).scalars())


def test_a_letter_is_had_again_with_its_token(store: LetterStore) -> None:
    token = store.put(LETTER, NOON)
    assert len(token) == 43
    assert store.get(token, NOON) == LETTER


def test_each_letter_has_a_token_of_its_own(store: LetterStore) -> None:
    assert store.put(LETTER, NOON) != store.put(LETTER, NOON)


def test_a_letter_is_there_to_the_last_second_and_not_a_moment_longer(store: LetterStore) -> None:
    token = store.put(LETTER, NOON)
    assert store.get(token, NOON + HOURS - timedelta(seconds=1)) == LETTER
    assert store.get(token, NOON + HOURS) is None


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "' OR 1=1 --", "क" * 43])
def test_a_wrong_token_gives_nothing(store: LetterStore, token: str) -> None:
    store.put(LETTER, NOON)
    assert store.get(token, NOON) is None


def test_unknown_and_expired_cost_the_same_statements(store: LetterStore, engine: Engine) -> None:
    token = store.put(LETTER, NOON)
    with statements(engine) as expired:
        store.get(token, NOON + HOURS)
    with statements(engine) as unknown:
        store.get("A" * 43, NOON)
    assert expired == unknown
    assert expired


def test_every_new_letter_removes_the_expired_ones(store: LetterStore, engine: Engine) -> None:
    store.put(LETTER, NOON)
    store.put(LETTER, NOON + timedelta(hours=12))
    store.put(LETTER, NOON + HOURS)
    assert len(ids(engine)) == 2


def test_tidying_removes_expired_letters_and_says_how_many(store: LetterStore, engine: Engine) -> None:
    store.put(LETTER, NOON)
    assert remove_expired(engine, NOON) == 0
    assert remove_expired(engine, NOON + HOURS) == 1
    assert ids(engine) == []


def test_the_file_of_sqlite_holds_neither_token_nor_a_word_of_the_letter(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'a.db'}", seconds=2)
    migrate(engine)
    token = LetterStore(engine, HOURS).put(LETTER, NOON)
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    engine.dispose()
    content += (tmp_path / "a.db").read_bytes()
    assert b"letters" in content
    for clear in (token, "शकुंतला", "मुरादाबाद", "bank"):
        assert clear.encode() not in content


def test_with_another_ones_row_a_token_opens_nothing(store: LetterStore, engine: Engine) -> None:
    store.put(LETTER, NOON)
    (row,) = ids(engine)
    assert store.get(row, NOON) is None
