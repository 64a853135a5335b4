"""The command line: `python -m actions.applications`."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from application_tools import many

from actions.applications import csv_rows, service
from actions.applications.__main__ import main
from actions.applications.directory import Record
from actions.applications.settings import Settings
from knowledge.paths import ROOT

# Dies as if by a power cut in the third batch, with its rows inserted and nothing committed.
DYING = """
import os, signal, sys
from actions.applications import store
from actions.applications.__main__ import main
put, batches = store._put_stages, []
def dying(connection, records):
    batches.append(1)
    if len(batches) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    put(connection, records)
store._put_stages = dying
main(sys.argv[1:])
"""


@pytest.fixture(autouse=True)
def settings(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("ENVIRONMENT", "development")


def stored() -> list[Record]:
    opened = service.open_store(Settings())
    found = list(opened.applications.every())
    opened.close()
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "applications.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv_rows.write(many(45), opened)
    return path


def spoil(path: Path, line: int, old: str, new: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new)
    path.write_text("".join(lines), encoding="utf-8")


def test_importing_twice_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(file)]) == 0
    assert main(["import", str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "45 new, 0 changed, 0 unchanged, 0 bad",
        "0 new, 0 changed, 45 unchanged, 0 bad",
    ]
    assert stored() == many(45)
    assert not file.with_suffix(".bad.csv").exists()


def test_an_import_killed_half_way_is_finished_by_starting_it_again(file: Path, address: str) -> None:
    command = [sys.executable, "-c", DYING, "import", str(file), "--batch", "10"]
    killed = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert killed.returncode == -9
    assert stored() == many(20)
    assert main(["import", str(file)]) == 0
    assert stored() == many(45)


def test_bad_rows_are_reported_and_good_ones_stored(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(file, 3, "lucknow", "Atlantis")
    spoil(file, 5, "5000000042", "12345")
    assert main(["import", str(file)]) == 1
    assert "43 new, 0 changed, 0 unchanged, 2 bad" in capsys.readouterr().out
    with file.with_suffix(".bad.csv").open(encoding="utf-8", newline="") as report:
        rows = list(csv.DictReader(report))
    assert [(row["line"], row["field"]) for row in rows] == [("3", "district"), ("5", "mobile")]
    assert all(row["reason"] for row in rows)
    assert len(stored()) == 43


def test_a_corrected_file_is_imported_and_its_report_emptied(file: Path) -> None:
    spoil(file, 3, "lucknow", "Atlantis")
    assert main(["import", str(file)]) == 1
    spoil(file, 3, "Atlantis", "lucknow")
    assert main(["import", str(file)]) == 0
    assert file.with_suffix(".bad.csv").read_text(encoding="utf-8") == "line,field,reason\n"
    assert len(stored()) == 45


def test_the_report_goes_where_it_is_told(file: Path, tmp_path: Path) -> None:
    spoil(file, 3, "lucknow", "Atlantis")
    main(["import", str(file), "--report", str(tmp_path / "elsewhere.csv")])
    assert (tmp_path / "elsewhere.csv").exists()
    assert not file.with_suffix(".bad.csv").exists()


def test_an_export_imports_again_as_it_was_and_is_its_owners_only(file: Path, tmp_path: Path) -> None:
    main(["import", str(file)])
    out = tmp_path / "out.csv"
    assert main(["export", str(out)]) == 0
    assert out.read_bytes() == file.read_bytes()
    assert out.stat().st_mode & 0o077 == 0
    assert not out.with_name("out.csv.part").exists()


def test_an_export_that_cannot_be_written_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path / "none" / "out.csv")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_the_demonstration_is_stored_and_listed_and_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    assert main(["demo"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 62
    assert lines[-1] == "0 new, 0 changed, 30 unchanged"
    assert len(stored()) == 30


def test_production_refuses_made_up_applications_and_mobiles(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    for name in ("APPLICATIONS_HASH_KEY", "APPLICATIONS_SEAL_KEY"):
        monkeypatch.setenv(name, "a-key-for-this-test-only-0123456789")
    assert main(["demo"]) == 2
    assert "development only" in capsys.readouterr().err
    assert main(["import", str(file)]) == 1
    assert stored() == []


def test_production_without_keys_does_not_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.delenv("APPLICATIONS_HASH_KEY", raising=False)
    assert main(["migrate"]) == 2
    assert "APPLICATIONS_HASH_KEY" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["import", "/none.csv"], ["import", str(ROOT / "README.md")]])
def test_a_file_that_is_none_is_one_line_and_exit_code_two(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_database_that_is_not_there_is_one_line_and_exit_code_two(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:9/none")
    monkeypatch.setenv("APPLICATIONS_TIMEOUT_SECONDS", "1")
    assert main(["import", str(file)]) == 2
    error = capsys.readouterr().err
    assert "cannot be looked up" in error
    assert "secret" not in error


def test_another_seal_key_is_one_line_and_exit_code_two(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", str(file)])
    monkeypatch.setenv("APPLICATIONS_SEAL_KEY", "another-key-than-before-0123456789")
    assert main(["export", str(tmp_path / "out.csv")]) == 2
    assert "APPLICATIONS_SEAL_KEY" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_tidying_says_what_it_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tidy"]) == 0
    assert capsys.readouterr().out == "0 codes, 0 look-ups and 0 letters removed\n"


def test_checking_needs_no_database(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    assert main(["check"]) == 0
    assert "32 stages of 4 schemes" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--help"], ["import", "--help"], ["demo", "--help"]])
def test_help_is_printed(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 0
    assert "usage: python -m actions.applications" in capsys.readouterr().out
