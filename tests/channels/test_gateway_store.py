"""The store of handovers on SQLite and PostgreSQL, with several processes at once."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, inspect, text, update
from sqlalchemy.exc import IntegrityError
from still_clock import Clock

from channels.bot_models import HandoverAsk
from channels.errors import NotYours, Over, SettingsError, StoreFailure
from channels.models import Language
from channels.settings import ROOT
from channels.store.database import Database, alembic_config, open_engine
from channels.store.desk import Desk
from channels.store.migrations import VERSION_TABLE
from channels.store.rows import Rules
from channels.store.tables import Base, HandoverRow
from channels.store.user_side import UserSide

ASK = HandoverAsk(reason="asked", summary="...")
TABLES = {"handovers", "handover_messages"}


def say(key: str, language: Language) -> str:
    return f"{key} {language}"


class Process:
    """What one gateway process has: its own connections to the same database."""

    def __init__(self, address: str, clock: Clock) -> None:
        self.database = Database(address, seconds=5)
        rules = Rules(timedelta(minutes=30), say)
        self.users = UserSide(self.database, rules, clock)
        self.desk = Desk(self.database, rules, clock)

    def ask(self, session: str = "a", ask: HandoverAsk = ASK) -> None:
        self.users.ask(session, "web", "hi-Latn", [ask])

    def only(self) -> int:
        (row,) = self.desk.open_ones()
        return int(row.id)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def processes(address: str, clock: Clock) -> Iterator[list[Process]]:
    made = [Process(address, clock) for _ in range(4)]
    yield made
    for process in made:
        process.database.close()


def at_once(calls: list[Callable[[], object]]) -> list[object]:
    """Runs all at the same moment; an error is given as a value."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        start.wait()
        try:
            return call()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


# ---- the tables


def test_the_migrations_make_the_tables_of_the_code_and_unmake_them(processes: list[Process]) -> None:
    database = processes[0].database
    database.prepare()
    with database.engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        ours = [each for each in compare_metadata(context, Base.metadata) if "version" not in str(each)]
        assert ours == []
        command.downgrade(alembic_config(connection), "base")
        assert not TABLES & set(inspect(connection).get_table_names())


def test_a_handover_of_an_older_version_outlives_the_migration(processes: list[Process]) -> None:
    database = processes[0].database
    old = "INSERT INTO handovers (session_id, channel, language, reason, urgency, summary, asked_at) "
    with database.engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
        connection.execute(
            text(old + "VALUES ('a', 'web', 'hi', 'asked', 'normal', 'kept', '2026-11-20 10:00:00+00:00')")
        )
    (row,) = processes[0].desk.open_ones()
    assert (row.summary, row.call_back) == ("kept", None)


def test_it_shares_a_database_with_other_parts(processes: list[Process]) -> None:
    database = processes[0].database
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('other')"))
    database.prepare()
    assert TABLES | {VERSION_TABLE} <= set(inspect(database.engine).get_table_names())


def test_the_database_allows_one_open_handover_a_session(processes: list[Process], clock: Clock) -> None:
    processes[0].ask()
    other = {"session_id": "a", "channel": "web", "language": "hi", "asked_at": clock(), **ASK.model_dump()}
    engine = processes[0].database.engine
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(HandoverRow).values(other))
    with engine.begin() as connection:
        connection.execute(update(HandoverRow).values(closed_at=clock()))
        connection.execute(insert(HandoverRow).values(other))


def test_an_odd_address_is_told_in_our_words() -> None:
    for odd in ("nonsense", "oracle://x/y"):
        with pytest.raises(SettingsError, match="DATABASE_URL"):
            open_engine(odd, 1)


def test_a_failure_names_no_value(processes: list[Process]) -> None:
    processes[0].database.prepare()
    with processes[0].database.engine.begin() as connection:
        connection.execute(text("DROP TABLE handover_messages"))
    with pytest.raises(StoreFailure) as failed:
        processes[0].users.glance("secret-session")
    assert "secret-session" not in str(failed.value)
    assert failed.value.__cause__ is None


# ---- several processes


PREPARE = "import sys; from channels.store.database import Database; Database(sys.argv[1], 5).prepare()"


def test_several_processes_bring_the_tables_up_to_date_at_once(address: str, clock: Clock) -> None:
    started = [subprocess.Popen([sys.executable, "-c", PREPARE, address], cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    process = Process(address, clock)
    assert process.desk.open_ones() == []
    process.database.close()


def test_asked_at_once_one_handover_is_opened(processes: list[Process]) -> None:
    _prepare(processes)
    assert at_once([process.ask for process in processes]) == [None] * len(processes)
    assert len(processes[0].desk.open_ones()) == 1


def test_of_several_who_take_it_at_once_one_has_it(processes: list[Process]) -> None:
    _prepare(processes)
    processes[0].ask()
    number = processes[0].only()
    results = at_once([lambda p=p, i=i: p.desk.take(number, f"staff {i}") for i, p in enumerate(processes)])  # type: ignore[misc]
    refused = [result for result in results if isinstance(result, NotYours)]
    assert len(refused) == len(processes) - 1
    holder = processes[0].desk.one(number).handover.taken_by
    assert {error.taken_by for error in refused} == {holder}


def test_returned_at_once_it_ends_once_with_one_sentence(processes: list[Process]) -> None:
    _prepare(processes)
    number = _taken(processes[0])
    results = at_once([lambda p=p: p.desk.give_back(number, "Rekha", "returned") for p in processes])  # type: ignore[misc]
    assert sum(isinstance(result, Over) for result in results) == len(processes) - 1
    assert len(processes[0].desk.one(number).messages) == 1


def test_a_silent_one_noticed_by_many_at_once_ends_once(processes: list[Process], clock: Clock) -> None:
    _prepare(processes)
    number = _taken(processes[0])
    clock.forward(minutes=30)
    calls: list[Callable[[], object]] = [lambda p=p: p.users.follow("a", 0) for p in processes[:2]]  # type: ignore[misc]
    calls += [lambda: processes[2].users.hear("a", "loan"), processes[3].desk.open_ones]
    assert not [result for result in at_once(calls) if isinstance(result, Exception)]
    messages = processes[0].desk.one(number).messages
    assert [row.text for row in messages] == ["utter_staff_silent hi-Latn"]


def test_who_follows_while_many_write_misses_nothing(processes: list[Process]) -> None:
    """Ids come in the order in which messages can be seen, whoever writes them."""
    _prepare(processes)
    number = _taken(processes[0])
    seen: list[str] = []
    done = threading.Event()

    def follow() -> None:
        after = 0
        while True:
            last = done.is_set()
            for row in processes[3].users.follow("a", after).messages:
                after = row.id
                seen.append(row.text)
            if last:
                return

    def write(process: Process, name: int) -> None:
        for i in range(15):
            process.desk.say(number, "Rekha", f"{name} {i}")

    with ThreadPoolExecutor(4) as pool:
        following = pool.submit(follow)
        for writing in [pool.submit(write, process, i) for i, process in enumerate(processes[:3])]:
            writing.result()
        done.set()
        following.result()
    assert sorted(seen) == sorted(f"{name} {i}" for name in range(3) for i in range(15))


def test_what_one_process_wrote_another_delivers_once(processes: list[Process]) -> None:
    number = _taken(processes[0])
    processes[1].desk.say(number, "Rekha", "namaste")
    assert [row.text for row in processes[2].users.hear("a", "hello").messages] == ["namaste"]
    assert processes[3].users.hear("a", "hello").messages == ()
    assert not processes[3].users.glance("another").is_news


def test_more_than_a_page_is_followed_to_its_end(processes: list[Process]) -> None:
    number = _taken(processes[0])
    for i in range(101):
        processes[0].desk.say(number, "Rekha", str(i))
    first = processes[0].users.follow("a", 0).messages
    rest = processes[0].users.follow("a", first[-1].id).messages
    assert (len(first), [row.text for row in rest]) == (100, ["100"])


def test_moments_keep_their_zone(processes: list[Process], clock: Clock) -> None:
    processes[0].ask()
    assert processes[1].desk.open_ones()[0].asked_at == clock()


def _prepare(processes: list[Process]) -> None:
    for process in processes:
        process.database.prepare()


def _taken(process: Process) -> int:
    process.ask()
    number = process.only()
    process.desk.take(number, "Rekha")
    return number


def test_on_sqlite_a_writer_looks_again_and_again_whether_another_process_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'gateway.db'}", 30)
    database.prepare()
    other, looks = sqlite3.connect(tmp_path / "gateway.db", isolation_level=None), list[float]()

    def look(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 20:
            other.rollback()

    monkeypatch.setattr("channels.store.database.time.sleep", look)
    other.execute("BEGIN IMMEDIATE")
    with database.writing() as connection:
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 30_000
    assert len(looks) == 20 and max(looks) < 0.01
    database.close()
