"""What the console keeps, on SQLite and PostgreSQL; and the command that makes accounts."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from staffed import HASHED, PASSWORD

from channels.console import audit
from channels.console.__main__ import main
from channels.console.accounts import passwords, people, sessions
from channels.console.conversations import notes, queue
from channels.console.conversations.live import Snapshot, look
from channels.console.roles import Account
from channels.store.database import Database
from channels.store.tables import HandoverRow, MessageRow

NOW = datetime.now(UTC)
REKHA = Account(1, "rekha", "Rekha", "agent", "en")


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    made = Database(address, seconds=5)
    with made.writing() as connection:
        people.add(connection, "rekha", "Rekha", "agent", HASHED)
    yield made
    made.close()


def hand_over(database: Database, session: str) -> int:
    values = {"session_id": session, "channel": "web", "language": "hi", "reason": "asked", "urgency": "normal"}
    with database.writing() as connection:
        row = insert(HandoverRow).values(values | {"summary": "...", "asked_at": NOW})
        return int(connection.execute(row).inserted_primary_key[0])


def test_of_many_wrong_passwords_at_once_every_one_counts(database: Database) -> None:
    def guess(_: int) -> str | None:
        with database.writing() as connection:
            return people.enter(connection, "rekha", False, NOW)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(guess, range(12))) == [None] * 12
    with database.writing() as connection:
        assert people.enter(connection, "rekha", True, NOW) is None
        row = people.by_login(connection, "rekha")
        assert row is not None and row.failed == people.FREE_TRIES and row.locked_until > NOW


def test_a_session_is_known_until_it_is_over(database: Database) -> None:
    with database.writing() as connection:
        session_id = people.enter(connection, "rekha", True, NOW)
        assert session_id
        found = sessions.whose(connection, session_id, NOW)
        assert found and found[0].login == "rekha" and not found[1]
        later = NOW + timedelta(minutes=2)
        assert sessions.whose(connection, session_id, later) == (found[0], True)
        assert sessions.whose(connection, session_id, NOW + sessions.IDLE) is None


def test_the_audit_is_read_in_pages_the_newest_first(database: Database) -> None:
    with database.writing() as connection:
        for number in range(audit.PAGE + 2):
            audit.audit(connection, REKHA, "opened", f"handover {number}")
        first = audit.entries(connection)
        assert len(first) == audit.PAGE + 1 and first[0].subject == f"handover {audit.PAGE + 1}"
        rest = audit.entries(connection, first[audit.PAGE - 1].id)
        assert [row.subject for row in rest] == ["handover 1", "handover 0"]
        assert audit.entries(connection, login="imran") == []


def test_a_look_finds_what_is_new_and_nothing_twice(database: Database) -> None:
    first, second = hand_over(database, "a"), hand_over(database, "b")
    with database.writing() as connection:
        last, changed = look(connection, Snapshot())
        assert changed == {"queue", f"c{first}", f"c{second}"}
        assert look(connection, last)[1] == set()
        said = {"handover_id": first, "speaker": "user", "text": "x", "language": "hi", "at": NOW}
        connection.execute(insert(MessageRow).values(said))
        last, changed = look(connection, last)
        assert changed == {"queue", f"c{first}"}
        notes.add(connection, REKHA, second, "a note")
        assert look(connection, last)[1] == {"queue", f"c{second}"}
        assert [(note.name, note.text) for note in notes.of(connection, second)] == [("Rekha", "a note")]


def test_the_queue_shows_whose_turn_it_is(database: Database) -> None:
    number = hand_over(database, "a")
    with database.writing() as connection:
        row = connection.execute(HandoverRow.__table__.select()).one()
        assert [(item.holder, item.waits) for item in queue.items(connection, [row], NOW)] == [(None, False)]
        said = {"handover_id": number, "speaker": "user", "text": "x", "language": "hi", "at": NOW}
        connection.execute(insert(MessageRow).values(said))
        assert queue.items(connection, [row], NOW)[0].waits


EASY = ["short", "password1234", "rekha-rekha-rekha", "aaaaaaaaaaaaaa"]


@pytest.mark.parametrize(("password", "is_fit"), [*((each, False) for each in EASY), (PASSWORD, True)])
def test_a_password_is_long_and_none_of_the_easy_ones(password: str, is_fit: bool) -> None:
    assert (passwords.problem(password, "rekha") is None) == is_fit


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a password file may lie; the commands work on a new store."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'gateway.db'}")
    (tmp_path / "password").write_text(PASSWORD + "\n", "utf-8")
    return tmp_path / "password"


def test_the_first_admin_is_made_by_a_command(command: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add-admin", "Rekha", "--password-file", str(command)]) == 0
    assert main(["add-admin", "rekha", "--password-file", str(command)]) == 2
    assert main(["set-role", "rekha", "agent"]) == 0
    assert main(["disable", "rekha"]) == 0
    assert main(["disable", "nobody"]) == 2
    capsys.readouterr()
    assert main(["list"]) == 0
    shown = capsys.readouterr()
    assert shown.out == "rekha  agent  disabled\n" and PASSWORD not in shown.out + shown.err


def test_a_weak_password_is_refused_with_a_sentence(command: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.write_text("short", "utf-8")
    assert main(["add-admin", "rekha", "--password-file", str(command)]) == 2
    assert "12 to 200 characters" in capsys.readouterr().err
