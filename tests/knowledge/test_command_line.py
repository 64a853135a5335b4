"""`python -m knowledge` as a content officer sees it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge import __main__ as command
from knowledge.paths import KNOWLEDGE, ROOT
from knowledge.retrieval.head import Head
from knowledge.retrieval.search import Retriever


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "knowledge", *arguments]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=60, encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The knowledge folder elsewhere, to break something in."""
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_check_counts_what_is_in_order() -> None:
    result = run(ROOT, "check")
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(r"\d+ entries, \d+ questions, \d+ sources: all in order\n", result.stdout)


def test_check_of_a_broken_entry_fails_with_file_and_line_and_nothing_else(copy: Path) -> None:
    path = copy / "knowledge" / "entries" / "margin-money" / "mm-what.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("sources: [", "sources: [hearsay, ", 1), encoding="utf-8")
    line = 1 + text[: text.index("sources: [")].count("\n")
    result = run(copy, "check")
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == f"{path}:{line}: sources.0: unknown source hearsay\n"


def test_search_before_the_build_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Retriever, "load", classmethod(lambda _: Head.load(tmp_path / "head.npz")))
    monkeypatch.setattr(sys, "argv", ["knowledge", "search", "loan kaise milega"])
    assert command.main() == 1
    error = capsys.readouterr().err
    assert "python -m knowledge build" in error
    assert "Traceback" not in error


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--help"], ("check", "build", "calibrate", "search")), (["search", "--help"], ("text", "--top"))],
)
def test_help_is_in_plain_words(
    arguments: list[str], words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["knowledge", *arguments])
    with pytest.raises(SystemExit) as end:
        command.main()
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert "python -m knowledge" in text
    assert all(word in text for word in words)


@pytest.mark.parametrize("arguments", [[], ["paint"], ["search"], ["search", "x", "--top", "many"]])
def test_a_wrong_call_is_refused_with_usage(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["knowledge", *arguments])
    with pytest.raises(SystemExit) as end:
        command.main()
    assert end.value.code == 2
    assert "usage: python -m knowledge" in capsys.readouterr().err


def test_search_shows_language_zone_and_candidates(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Retriever, "load", classmethod(lambda _: retriever))
    monkeypatch.setattr(sys, "argv", ["knowledge", "search", "margin money kitna milta hai", "--top", "3"])
    assert command.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "language hi-Latn, zone answer"
    assert len(lines) == 4
    assert lines[1].split()[1] == "mm-how-much"
