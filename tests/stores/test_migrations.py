"""A store that is full is brought up to date from every version it ever had, and nothing in it is lost."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from made_up import DAY, ROWS, Row, fill, rows_of, tables_of
from sqlalchemy import Connection, Engine, MetaData, event, select

import channels.app  # noqa: F401 - with it come all tables of the gateway
from actions.applications import engine as applications
from actions.applications import migrations as of_applications
from actions.applications.directory import Application, Record, Step
from actions.applications.mobile import Mobile
from actions.applications.store import SqlApplications
from actions.applications.tables import Base as ApplicationsBase
from actions.applications.vault import Vault
from actions.content import engine as content
from actions.content import migrations as of_content
from actions.content.store import Versions
from actions.content.tables import ContentBase, State
from channels.console.accounts import people
from channels.console.roles import ROLES
from channels.errors import StoreFailure
from channels.store import database as gateway
from channels.store import migrations as of_gateway
from channels.store.tables import Base as GatewayBase
from channels.store.tables import HandoverRow

CHOICES = {("content_versions", "state"): [*State], ("accounts", "role"): ROLES}


@dataclass(frozen=True)
class Store:
    """`migrate` is what the program does at its start."""

    name: str
    metadata: MetaData
    version_table: str
    open: Callable[[str, float], Engine]
    migrate: Callable[[Engine], None]
    config: Callable[[Connection], Config]


def of_actions(name: str, metadata: MetaData, version_table: str, folder: Path) -> Store:
    return Store(
        name,
        metadata,
        version_table,
        applications.open_engine,
        lambda engine: applications.migrate(engine, folder),
        lambda connection: applications.alembic_config(connection, folder),
    )


GATEWAY = Store(
    "gateway",
    GatewayBase.metadata,
    of_gateway.VERSION_TABLE,
    gateway.open_engine,
    gateway.migrate,
    gateway.alembic_config,
)
APPLICATIONS = of_actions(
    "applications", ApplicationsBase.metadata, of_applications.VERSION_TABLE, applications.MIGRATIONS
)
CONTENT = of_actions("content", ContentBase.metadata, of_content.VERSION_TABLE, content.MIGRATIONS)
STORES = (GATEWAY, APPLICATIONS, CONTENT)


def versions_of(store: Store) -> list[str]:
    """The first one first."""
    scripts = ScriptDirectory.from_config(store.config(None))  # type: ignore[arg-type]
    return [script.revision for script in scripts.walk_revisions()][::-1]


def ways() -> Iterator[Any]:
    """On SQLite from each version; on PostgreSQL, where each costs more, from the first, a later and the last one."""
    for store in STORES:
        earlier = versions_of(store)[:-1]
        some = {earlier[0], earlier[len(earlier) * 2 // 3], earlier[-1]}
        for kind, versions in (("sqlite", earlier), ("postgresql", sorted(some))):
            for version in versions:
                yield pytest.param(kind, store, version, id=f"{kind} {store.name} {version}")


@pytest.fixture
def opened(address: str) -> Iterator[Callable[[Store], Engine]]:
    engines: list[Engine] = []

    def one(store: Store) -> Engine:
        engines.append(store.open(address, 5))
        return engines[-1]

    yield one
    for engine in engines:
        engine.dispose()


def filled(store: Store, engine: Engine, version: str) -> dict[str, list[Row]]:
    """What is in it in that version."""
    with engine.begin() as connection:
        command.upgrade(store.config(connection), version)
        tables = tables_of(connection, store.version_table)
        fill(connection, tables, CHOICES)
        return rows_of(connection, tables)


def now_in(store: Store, engine: Engine) -> dict[str, list[Row]]:
    with engine.begin() as connection:
        return rows_of(connection, tables_of(connection, store.version_table))


def differences(store: Store, connection: Connection) -> Any:
    def is_ours(_: object, name: str | None, kind: str, *rest: object) -> bool:
        return kind != "table" or name != store.version_table

    options = {"compare_type": True, "include_object": is_ours}
    return compare_metadata(MigrationContext.configure(connection, opts=options), store.metadata)


# What a migration makes of the rows that are there.


def sums(before: dict[str, list[Row]]) -> list[Row]:
    found: Counter[tuple[Any, ...]] = Counter()
    for row in before.get("turn_counts", []):
        found[row["kind"], row["day"], row["value"]] += row["count"]
    return [{"kind": kind, "day": day, "value": value, "count": n} for (kind, day, value), n in found.items()]


MADE = {"turn_totals": sums}


@pytest.mark.parametrize(("address", "store", "version"), list(ways()), indirect=["address"])
def test_no_row_and_no_value_is_lost_on_the_way_from_any_version(
    store: Store, version: str, opened: Callable[[Store], Engine]
) -> None:
    engine = opened(store)
    before = filled(store, engine, version)
    assert all(before.values())
    store.migrate(engine)
    after = now_in(store, engine)
    for table in before:
        kept = [{name: row[name] for name in before[table][0]} for row in after[table]]
        assert kept == before[table], table
    for table in after.keys() - before.keys():
        assert after[table] == MADE.get(table, lambda _: [])(before), table
    with engine.begin() as connection:
        assert differences(store, connection) == []
        fill(connection, store.metadata.sorted_tables, CHOICES, first=10)  # the program goes on writing
        for table in store.metadata.sorted_tables:
            assert len(connection.execute(select(table)).all()) == len(after[table.name]) + ROWS


def test_a_migration_that_is_broken_off_leaves_all_as_it_was_and_is_done_by_the_next_start(
    opened: Callable[[Store], Engine],
) -> None:
    engine = opened(GATEWAY)
    before = filled(GATEWAY, engine, "0005")

    def fail(_: object, __: object, statement: str, *rest: object) -> None:
        if "turn_totals" in statement:
            raise OSError("the disk is full")

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(StoreFailure):
        gateway.migrate(engine)
    event.remove(engine, "before_cursor_execute", fail)
    assert now_in(GATEWAY, engine) == before
    gateway.migrate(engine)
    after = now_in(GATEWAY, engine)
    assert all(len(after[table]) == len(before[table]) for table in before)


# ---- the program finds what it had


def test_the_gateway_finds_its_conversations_and_its_staff(opened: Callable[[Store], Engine]) -> None:
    engine = opened(GATEWAY)
    before = filled(GATEWAY, engine, "0006")
    gateway.migrate(engine)
    with engine.begin() as connection:
        summaries = connection.execute(select(HandoverRow.summary).order_by(HandoverRow.id)).scalars().all()
        assert summaries == [row["summary"] for row in before["handovers"]]
        assert {row.login for row in people.everybody(connection)} == {row["login"] for row in before["accounts"]}


def test_an_application_of_the_first_version_is_found_by_its_number(opened: Callable[[Store], Engine]) -> None:
    engine, vault = opened(APPLICATIONS), Vault("h" * 32, ["s" * 32])
    number, mobile = "ODOP/MM/26/001234", Mobile("5000000042")
    one = Record(Application(number, "margin_money", "lucknow", (Step("applied", DAY),)), mobile)
    with engine.begin() as connection:
        command.upgrade(APPLICATIONS.config(connection), "0001")
    SqlApplications(engine, vault).put([one])
    APPLICATIONS.migrate(engine)
    assert SqlApplications(engine, vault).find(number) == one


def test_an_edit_of_the_first_version_is_still_published(opened: Callable[[Store], Engine]) -> None:
    engine = opened(CONTENT)
    before = filled(CONTENT, engine, "0001")["content_versions"]
    CONTENT.migrate(engine)
    (kept,) = Versions(engine).published()
    (was,) = [row for row in before if row["state"] == State.PUBLISHED]
    assert (kept.entry, kept.text, kept.withdrawal_by) == (was["entry"], was["text"], None)
