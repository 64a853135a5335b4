"""What we depend on is audited, and nothing is taken for audited that was not."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from deploy import auditing

BAD = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2.0"]}


def package(name: str = "some", *found: dict[str, Any], **more: str) -> dict[str, Any]:
    return {"name": name, "version": "1.0", "vulns": list(found)} | more


@pytest.fixture
def allow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setattr(auditing, "ALLOWED", tmp_path / "advisories.txt")
    (tmp_path / "advisories.txt").write_text("# none\n")
    return lambda line: (tmp_path / "advisories.txt").write_text(line)


def answering(monkeypatch: pytest.MonkeyPatch, stdout: str, stderr: str = "") -> None:
    done = subprocess.CompletedProcess([], 0, stdout, stderr)
    monkeypatch.setattr(auditing.subprocess, "run", lambda *_, **__: done)


def test_an_advisory_fails_the_check_and_names_the_version_that_mends_it(
    allow: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert auditing._of("service", [package("some", BAD)], "") == 1
    assert "some 1.0: PYSEC-1, mended by 2.0: NOT ALLOWED" in capsys.readouterr().out
    assert auditing._of("service", [package("some")], "") == 0


@pytest.mark.parametrize(
    ("line", "failed"),
    [
        ("service CVE-1 we never call it", 0), ("service PYSEC-1 we never call it", 0), ("service * all", 0),
        ("service CVE-1", 1), ("bot CVE-1 another environment", 1), ("# service CVE-1 a comment", 1),
    ],
)  # fmt: skip
def test_an_advisory_passes_only_with_a_reason_in_its_own_environment(allow: Any, line: str, failed: int) -> None:
    allow(line)
    assert auditing._of("service", [package("some", BAD)], "") == failed


@pytest.mark.parametrize(
    ("stdout", "why"),
    [
        (json.dumps({"dependencies": [package(skip_reason="not found"), package(skip_reason="not found")]}), "reached"),
        ("", "no route"),
        ("{}", "no route"),
    ],
)
def test_without_the_service_of_the_advisories_nothing_is_called_clean(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stdout: str, why: str
) -> None:
    answering(monkeypatch, stdout, "a warning\nno route")
    assert auditing.dependencies() == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and all(line.startswith(auditing.NOT_CHECKED) and why in line for line in lines)


def test_packages_that_the_service_does_not_know_are_told(allow: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert auditing._of("service", [package(), package("odd", skip_reason="not found")], "") == 0
    assert "no advisories for 1 of 2 packages (odd)" in capsys.readouterr().out


def test_every_advisory_that_is_let_pass_has_a_reason() -> None:
    lines = [line for line in auditing.ALLOWED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert all(len(line.split(None, 2)) == 3 and len(line) > 60 for line in lines)
    assert all(line.split()[0] in auditing.ENVIRONMENTS for line in lines)
    assert "*" not in auditing._allowed("service")


def test_a_secret_in_a_tracked_file_is_found_and_one_of_the_list_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(auditing, "ROOT", tmp_path)
    for command in (["git", "init", "-q"], ["git", "add", "settings.py"]):
        (tmp_path / "settings.py").write_text("aws_key = 'AKIA" + "IOSFODNN7EXAMPLQ'\n")
        subprocess.run(command, cwd=tmp_path, check=True)
    assert auditing.secrets() == 1
    assert "settings.py:1: AWS Access Key" in capsys.readouterr().out
    (tmp_path / "settings.py").write_text("name = 'nothing'\n")
    assert auditing.secrets() == 0
