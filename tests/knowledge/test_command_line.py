"""`python -m knowledge` as a content officer sees it."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import __main__ as command
from knowledge import entries_loader
from knowledge.encoder import tuning
from knowledge.entries_loader import Library
from knowledge.paths import KNOWLEDGE
from knowledge.retrieval import calibrate, train
from knowledge.retrieval.before import Before
from knowledge.retrieval.calibration import Calibration
from knowledge.retrieval.head import Head
from knowledge.retrieval.neighbours import Weights
from knowledge.retrieval.search import Retriever
from knowledge.tools import alike, confusions, explain
from knowledge.tools.confusions import Confusion, Confusions


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "knowledge", *arguments]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=60, encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The knowledge folder elsewhere, to break something in."""
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


Said = Callable[..., list[str]]


@pytest.fixture
def said(library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command that goes well, on the library as it is; the lines it prints."""
    monkeypatch.setattr(entries_loader, "load", lambda: library)

    def call(*arguments: str) -> list[str]:
        monkeypatch.setattr(sys, "argv", ["knowledge", *arguments])
        assert command.main() == 0
        return capsys.readouterr().out.splitlines()

    return call


def test_check_counts_what_is_in_order(said: Said, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "near", lambda _: iter(()))
    monkeypatch.setattr(alike, "templates", lambda _: [])
    asked = sum(len(texts) for e in library.entries.values() for _, texts in e.questions.items())
    counts = f"{len(library.entries)} entries, {asked} questions, {len(library.sources)} sources"
    assert said("check") == [f"{counts}: all in order"]


def test_check_finds_no_copy_and_no_pattern_in_our_entries(said: Said) -> None:
    assert said("check")[-1].endswith("all in order")


def test_check_names_copies_and_patterns_and_fails(
    library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = alike.Asked("loan kab", "hi-Latn", "a"), alike.Asked("lon kab", "hi-Latn", "b")
    monkeypatch.setattr(entries_loader, "load", lambda: library)
    monkeypatch.setattr(alike, "near", lambda _: iter([(one, other)]))
    monkeypatch.setattr(alike, "templates", lambda _: [("loan … kab", ["a", "b"])])
    monkeypatch.setattr(sys, "argv", ["knowledge", "check"])
    assert command.main() == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "a, b: nearly the same: loan kab | lon kab\na, b: one pattern: loan … kab\n"


def test_a_new_entry_is_begun_and_check_says_what_is_missing_in_it(copy: Path) -> None:
    result = run(copy, "new", "forms", "rent")
    path = copy / "knowledge" / "entries" / "forms" / "rent.yml"
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"fill in {path}, then run `python -m knowledge check`\n"
    assert path.is_file()
    checked = run(copy, "check")
    assert checked.returncode == 1
    assert {line.split(":")[0] for line in checked.stderr.splitlines()} == {str(path)}
    again = run(copy, "new", "forms", "rent")
    assert (again.returncode, again.stdout) == (1, "")
    assert "there is an entry rent already" in again.stderr


def test_stale_lists_entries_not_checked_and_counts_them(said: Said, library: Library) -> None:
    assert said("stale", "100000") == ["0 entries not checked for more than 100000 days"]
    lines = said("stale", "-1")
    assert len(lines) == len(library.entries) + 1
    days = [int(line.split()[0]) for line in lines[:-1]]
    assert days == sorted(days, reverse=True)


def test_coverage_shows_a_table_and_what_is_missing(said: Said, library: Library) -> None:
    lines = said("coverage", "--questions", "10")
    topics = {entry.topic for entry in library.entries.values()}
    assert lines[0].split()[:2] == ["topic", "entries"]
    assert {line.split()[0] for line in lines[1 : len(topics) + 2]} == topics | {"all"}
    poor = next(line for line in lines if line.endswith("fewer than 10 questions in a language"))
    assert int(poor.split()[0]) == len(lines) - lines.index(poor) - 1


def test_learn_says_whether_there_was_anything_new(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    for new, words in ((True, "learnt"), (False, "nothing new")):
        monkeypatch.setattr(train, "learn", lambda _, new=new: new)
        assert said("learn") == [words]


def test_calibrate_shows_what_it_chose(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = Calibration({"hi": 0.4, "en": 0.5}, Weights())
    monkeypatch.setattr(calibrate, "run", lambda _: chosen)
    assert said("calibrate")[0] == "thresholds: hi 0.4, en 0.5"


def test_confusions_are_shown_with_the_commonest_first(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [Confusion("a", "b", 12, "loan kab"), Confusion("b", "c", 3, "kit")]
    monkeypatch.setattr(confusions, "confusions", lambda _: Confusions({"en": 0.9, "hi": 0.855}, pairs))
    assert said("confusions", "--top", "1") == [
        "right at first: en 90.0%, hi 85.5%",
        "n   questions of  went to  for example",
        "12  a             b        loan kab",
    ]


def test_explain_and_tune_hand_on_what_was_given(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    tuned: list[tuple[int, int]] = []
    monkeypatch.setattr(explain, "explain", lambda text, last: iter([text, last]))
    monkeypatch.setattr(tuning, "run", lambda epochs, seed: tuned.append((epochs, seed)))
    assert said("explain", "uske kagaz", "--last", "mm-what") == ["uske kagaz", "mm-what"]
    assert said("tune", "--epochs", "3", "--seed", "5") == []
    assert tuned == [(3, 5)]


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
    [
        (["--help"], tuple(name for name, *_ in command._COMMANDS)),
        (["search", "--help"], ("text", "--top", "--last")),
        (["explain", "--help"], ("text", "--last")),
        (["new", "--help"], ("topic", "id")),
        (["stale", "--help"], ("days", "180")),
        (["coverage", "--help"], ("--questions", "10")),
        (["tune", "--help"], ("--epochs", "--seed")),
        (["hints", "--help"], ("{hi,en}",)),
    ],
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


@pytest.mark.parametrize("name", [name for name, *_ in command._COMMANDS])
def test_every_command_says_what_it_does(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["knowledge", name, "--help"])
    with pytest.raises(SystemExit) as end:
        command.main()
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert f"usage: python -m knowledge {name}" in text
    assert len(text.split("\n\n")[1].split()) >= 5


def test_all_commands_that_are_told_of_are_there() -> None:
    maintaining = ["check", "new", "search", "explain", "stale", "coverage", "confusions", "hints", "trial"]
    building = ["build", "learn", "calibrate", "tune"]
    assert [name for name, *_ in command._COMMANDS] == [*maintaining, *building]


WRONG = [
    [], ["paint"], ["search"], ["search", "x", "--top", "many"], ["new", "forms"], ["stale", "long"],
    ["coverage", "--questions", "few"], ["explain"], ["tune", "--epochs", "one"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG)
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


def test_search_leans_on_the_last_entry_where_it_is_told(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given: list[str] = []
    search = retriever.search

    def spy(text: str, schemes: set[str], craft: bool, before: Before) -> object:
        given.append(before.entry)
        return search(text, schemes, craft, before)

    monkeypatch.setattr(Retriever, "load", classmethod(lambda _: retriever))
    monkeypatch.setattr(retriever, "search", spy)
    monkeypatch.setattr(sys, "argv", ["knowledge", "search", "uske kagaz", "--last", "toolkit-what"])
    assert command.main() == 0
    assert given == ["toolkit-what"]
