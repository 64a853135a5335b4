"""The store on SQLite and PostgreSQL: what goes in comes out, nothing is legible inside, failures are told."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from application_tools import MOBILE, NUMBER, OTHER, UNKNOWN, CountingVault, Desk, many, record, statements
from sqlalchemy import Engine, event, inspect, text

from actions.applications.directory import Record, WithinTime
from actions.applications.engine import alembic_config, migrate, open_engine, writing
from actions.applications.errors import ApplicationsTimedOut, ApplicationsUnavailable, SettingsError
from actions.applications.migrations import VERSION_TABLE
from actions.applications.store import Counts, SqlApplications
from actions.applications.tables import Base
from actions.applications.vault import Vault

VAULT = Vault("h" * 32, ["s" * 32])


@pytest.fixture
def store(engine: Engine) -> SqlApplications:
    return SqlApplications(engine, VAULT)


def test_an_application_is_found_by_its_number_however_it_is_written(store: SqlApplications) -> None:
    store.put([record()])
    for written in (NUMBER, "odop mm 26 001234", "0D0P-MM-26-OO1234", "mm26001234"):
        assert store.find(written) == record()


def test_a_number_that_is_not_there_is_not_found(store: SqlApplications) -> None:
    store.put([record()])
    assert store.find(UNKNOWN) is None
    assert store.find("") is None


def test_a_holder_has_their_applications_and_nobody_elses(store: SqlApplications) -> None:
    mine, also, theirs = record("ODOP/MM/26/000001"), record("ODOP/MM/26/000002"), record("ODOP/MM/26/000003", OTHER)
    store.put([mine, theirs, also])
    assert store.owned_by(MOBILE) == (mine.application, also.application)
    assert store.owned_by(OTHER) == (theirs.application,)


def test_storing_the_same_again_changes_nothing(store: SqlApplications) -> None:
    assert store.put(many(3)) == Counts(new=3)
    with statements(store._engine) as heard:
        assert store.put(many(3)) == Counts(same=3)
    assert not [s for s in heard if s.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_a_stage_more_replaces_the_history_and_touches_no_other(store: SqlApplications) -> None:
    store.put(many(3))
    further = record("ODOP/MM/26/000002", MOBILE, "applied", "dic_scrutiny", "committee")
    assert store.put([further]) == Counts(changed=1)
    assert list(store.every()) == [many(3)[0], further, many(3)[2]]


def test_every_application_comes_out_in_the_order_it_went_in_beyond_one_page(store: SqlApplications) -> None:
    store.put(many(1203))
    assert list(store.every()) == many(1203)


def test_an_empty_store_has_nothing_to_give(store: SqlApplications) -> None:
    assert list(store.every()) == []
    assert store.put([]) == Counts()


def test_found_or_not_the_same_statements_run_and_the_same_is_opened(engine: Engine) -> None:
    vault = CountingVault()
    store = SqlApplications(engine, vault)
    store.put([record()])
    done = []
    for written in (NUMBER, UNKNOWN):
        vault.work.clear()
        with statements(engine) as heard:
            store.find(written)
        done.append((heard, list(vault.work)))
    assert done[0] == done[1]


def test_the_files_of_sqlite_hold_no_mobile_and_no_number_in_clear(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'a.db'}", seconds=2)
    migrate(engine)
    desk = Desk(engine)
    desk.store.put([*many(50), record(UNKNOWN, OTHER)])
    desk.disclosure.to_verified(NUMBER, MOBILE.international)
    desk.disclosure.ask_code(NUMBER, "session-one", "hi")
    desk.disclosure.give_code(NUMBER, "session-one", desk.code())
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    engine.dispose()
    content += (tmp_path / "a.db").read_bytes()
    for clear in (MOBILE.digits, OTHER.digits, NUMBER, "001234", "session-one", desk.code()):
        assert clear.encode() not in content
    assert b"forwarded_bank" not in content
    assert b"dic_scrutiny" in content


def test_the_file_of_sqlite_is_its_owners_only(tmp_path: Path) -> None:
    open_engine(f"sqlite:///{tmp_path / 'new' / 'a.db'}", seconds=2)
    assert (tmp_path / "new" / "a.db").stat().st_mode & 0o077 == 0


def test_the_migrations_make_just_the_tables_of_the_models(engine: Engine) -> None:
    def ours(_: object, name: str | None, kind: str, *rest: object) -> bool:
        return kind != "table" or name != VERSION_TABLE

    options = {"compare_type": True, "include_object": ours, "version_table": VERSION_TABLE}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []


def test_migrating_again_changes_nothing_and_down_leaves_nothing(engine: Engine) -> None:
    migrate(engine)
    with writing(engine) as connection:
        command.downgrade(alembic_config(connection), "base")
    assert set(inspect(engine).get_table_names()) == {VERSION_TABLE}
    migrate(engine)
    assert len(inspect(engine).get_table_names()) == 6


@pytest.mark.parametrize(
    "address",
    ["postgresql+psycopg://nobody@127.0.0.1:9/none", "sqlite:////proc/none/a.db"],
)
def test_a_database_that_is_not_there_is_said_to_be_unavailable(address: str) -> None:
    with pytest.raises(ApplicationsUnavailable) as error:
        migrate(open_engine(address, seconds=1))
    assert "nobody" not in str(error.value)


@pytest.mark.parametrize("address", ["nonsense", "mysql://host/name"])
def test_an_address_that_is_none_names_the_setting(address: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        open_engine(address, seconds=1)


def test_tables_that_are_gone_are_an_outage_not_an_unknown_number(store: SqlApplications) -> None:
    with writing(store._engine) as connection:
        connection.execute(text("DROP TABLE application_stages"))
    for call in (lambda: store.find(NUMBER), lambda: store.owned_by(MOBILE), lambda: store.put([record()])):
        with pytest.raises(ApplicationsUnavailable) as error:
            call()
        assert MOBILE.digits not in str(error.value)


def test_a_file_that_became_rubbish_is_an_outage(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"rubbish" * 1000)
    with pytest.raises(ApplicationsUnavailable):
        migrate(open_engine(f"sqlite:///{path}", seconds=1))


def test_a_locked_database_is_given_up_in_time(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    engine = open_engine(f"sqlite:///{path}", seconds=0.2)
    migrate(engine)
    with sqlite3.connect(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ApplicationsTimedOut):
            SqlApplications(engine, VAULT).put([record()])


def test_postgresql_gives_up_a_slow_statement_in_time(postgresql: str) -> None:
    engine = open_engine(postgresql, seconds=0.2)
    with pytest.raises(ApplicationsTimedOut), writing(engine) as connection:
        connection.execute(text("SELECT pg_sleep(5)"))
    engine.dispose()


def test_a_server_that_hangs_up_between_two_calls_is_asked_again(postgresql: str, address: str) -> None:
    if address.startswith("sqlite"):
        return
    engine = open_engine(address, seconds=2)
    migrate(engine)
    store = SqlApplications(engine, VAULT)
    store.put([record()])
    admin = open_engine(postgresql, seconds=2)
    with admin.begin() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        connection.execute(text(others), {"name": engine.url.database})
    assert store.find(NUMBER) == record()
    engine.dispose()
    admin.dispose()


def test_a_failure_in_the_middle_of_a_batch_stores_none_of_it(store: SqlApplications) -> None:
    def fail(_: object, __: object, statement: str, *rest: object) -> None:
        if "INSERT INTO application_stages" in statement:
            raise sqlite3.OperationalError("disk full")

    event.listen(store._engine, "before_cursor_execute", fail)
    with pytest.raises((sqlite3.OperationalError, ApplicationsUnavailable)):
        store.put(many(5))
    event.remove(store._engine, "before_cursor_execute", fail)
    assert list(store.every()) == []


class Slow:
    def find(self, number: str) -> Record | None:
        time.sleep(0.5)
        return record()

    def owned_by(self, mobile: object) -> tuple[()]:
        return ()


def test_a_slow_directory_is_given_up_in_time() -> None:
    within = WithinTime(Slow(), seconds=0.05)
    started = time.monotonic()
    with pytest.raises(ApplicationsTimedOut):
        within.find(NUMBER)
    assert time.monotonic() - started < 0.4
    within.close()


def test_a_directory_in_time_answers_as_if_nothing_stood_between(store: SqlApplications) -> None:
    store.put([record()])
    within = WithinTime(store, seconds=5)
    asks: list[Callable[[], object]] = [lambda: within.find(NUMBER), lambda: within.owned_by(MOBILE)]
    assert [ask() for ask in asks] == [record(), (record().application,)]
    within.close()
