"""Recorded calls are played to a gateway, and the report says what became of them."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from gateway_settings import settings

from channels.app import create_app
from channels.fake_bot import FakeBot
from channels.settings import ROOT
from channels.transcripts.__main__ import main
from channels.transcripts.recorded import load
from channels.transcripts.report import Line, groups

EXAMPLE = ROOT / "docs" / "transcripts-example.jsonl"
PAPERS = "You need your Aadhaar, a project report and a passbook for this scheme."
SHARE = "The subsidy is 25 percent of the project for units of up to 25 lakh rupees."
Play = Callable[..., int]


def said(text: str, outcome: str = "answered", **more: Any) -> dict[str, Any]:
    return {"text": text, "language": "en", "outcome": outcome, **more}


SCRIPT = {
    "entry:mm-documents": said(PAPERS),
    "entry:mm-how-much": said(SHARE),
    "which papers": said(PAPERS),
    "which other papers": said("First this. " + PAPERS),
    "how much subsidy": said(PAPERS),
    "papers or subsidy": said(
        "Which one?", "choices_offered", buttons=[{"title": "Share", "payload": "entry:mm-how-much"}]
    ),
    "the weather": said("That is not mine.", "out_of_scope"),
    "bye": said("Goodbye.", "small_talk"),
}


class ScriptedBot(FakeBot):
    """Says what stands in the script; else that it did not understand."""

    def _body(self, message: dict[str, Any]) -> str:
        reply = SCRIPT.get(message["text"], said("I did not understand.", "not_understood"))
        return json.dumps({"replies": [reply]})


class Server(uvicorn.Server):
    """In a thread of the test."""

    def __init__(self, app: Any) -> None:
        super().__init__(uvicorn.Config(app, port=0, log_level="error"))
        self._thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        while not self.started:
            time.sleep(0.01)
        return f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self.should_exit = True
        self._thread.join(timeout=10)


@pytest.fixture(scope="module")
def gateway() -> Iterator[str]:
    bot = ScriptedBot()
    app = create_app(settings(bot_timeout_seconds=5), httpx.ASGITransport(bot.app))
    with Server(app) as address:
        yield address


@pytest.fixture
def play(gateway: str, tmp_path: Path) -> Play:
    """Writes the lines into a file and plays it."""

    def run(*lines: dict[str, Any] | str, address: str = gateway) -> int:
        path = tmp_path / "calls.jsonl"
        path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
        return main(["replay", str(path), "--gateway", address, "--out", str(tmp_path / "out")])

    return run


def line(text: str, sequence: int = 1, call_id: str = "c", **more: Any) -> dict[str, Any]:
    return {"call_id": call_id, "sequence": sequence, "text": text, "language": "en", **more}


def row(printed: str, language: str) -> list[str]:
    (found,) = (each for each in printed.splitlines() if each.startswith(language + " "))
    return re.findall(r"\S+(?: \(\d+%\))?", found)[1:]


# ---- what became of an utterance


@pytest.mark.parametrize(
    ("heard", "verdict"),
    [
        (line("which papers", entry="mm-documents"), "answered"),
        (line("which other papers", entry=["mm-how-much", "mm-documents"]), "answered"),
        (line("how much subsidy", entry="mm-how-much"), "wrong"),
        (line("papers or subsidy", entry="mm-how-much"), "offered"),
        (line("papers or subsidy", entry="mm-documents"), "missed"),
        (line("the weather", entry="mm-documents"), "missed"),
        (line("the weather", outcome="out_of_scope"), "answered"),
        (line("which papers", outcome="out_of_scope"), "wrong"),
        (line("which papers"), "answered"),
        (line("papers or subsidy"), "offered"),
        (line("gibberish"), "missed"),
        (line("bye"), "other"),
        (line("which papers", entry="unheard-of"), "wrong"),
    ],
)
def test_each_utterance_is_answered_offered_missed_or_wrong(
    play: Play, capsys: pytest.CaptureFixture[str], heard: dict[str, Any], verdict: str
) -> None:
    assert play(heard) == 0
    printed = capsys.readouterr().out
    counts = dict(zip(["n", "answered", "offered", "missed", "wrong", "other"], row(printed, "en"), strict=False))
    assert counts.pop("n") == "1"
    assert {name for name, count in counts.items() if not count.startswith("0")} == {verdict}


def test_what_was_badly_heard_is_confirmed_and_then_judged(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    assert play(line("which papers", entry="mm-documents", confidence=0.1)) == 0
    assert row(capsys.readouterr().out, "en") == ["1", "1 (100%)", "0 (0%)", "0 (0%)", "0 (0%)", "0 (0%)", "1", "1"]


def test_languages_are_counted_apart(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    play(line("which papers"), line("लोन", 2, language="hi"), line("loan kya hai", 3, language=None))
    printed = capsys.readouterr().out
    assert [row(printed, name)[0] for name in ("hi", "en", "hi-Latn", "all")] == ["1", "1", "1", "3"]


def test_a_second_run_is_not_answered_from_the_first(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    play(line("which papers"))
    capsys.readouterr()
    play(line("gibberish"))
    assert row(capsys.readouterr().out, "en")[3] == "1 (100%)"


# ---- the file


def test_bad_lines_are_told_with_their_numbers_and_left_out(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    bad = ["{not json 9876543210", "[]", line("x", -1), line("x", colour=1), {"call_id": "c"}, line("again")]
    assert play(line("which papers"), "", *bad) == 0
    told = capsys.readouterr()
    assert re.findall(r"line (\d+)", told.err) == ["3", "4", "5", "6", "7", "8"]
    assert "9876543210" not in told.err
    assert row(told.out, "en")[0] == "1"


def test_utterances_of_a_call_are_played_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    lines = [line("b", 2, "x"), line("z", 1, "y"), line("a", 1, "x")]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert [[one.text for one in call] for call in load(path).calls] == [["a", "b"], ["z"]]


# ---- what keeps it from running


def test_a_missing_file_an_empty_one_and_no_gateway_are_one_sentence_each(
    play: Play, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["replay", str(tmp_path / "nothing.jsonl")]) == 2
    assert play("") == 2
    assert play(line("loan"), address="http://127.0.0.1:9") == 2
    assert play(line("loan"), address="nonsense") == 2
    told = capsys.readouterr().err
    assert told.count("replay: ") == told.count("\n") == 4


def test_a_wrong_token_stops_it_and_says_which_setting(
    play: Play, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPT_TOKEN", "hunter2")
    assert play(line("loan")) == 2
    told = capsys.readouterr().err
    assert "TRANSCRIPT_TOKEN" in told and "hunter2" not in told


def test_help_says_what_the_file_holds(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["replay", "--help"])
    told = capsys.readouterr().out
    assert all(word in told for word in ("call_id", "confidence", "entry", "TRANSCRIPT_TOKEN", "--out"))


# ---- the page


def test_the_page_has_no_personal_number_no_script_and_nothing_from_elsewhere(play: Play, tmp_path: Path) -> None:
    number = "nau aath saat chhe paanch chaar teen do ek shunya"
    play(line(f"<b>mera</b> number {number} hai"), line("call 98765 43210", 2), line("x", 3, "9876543210"))
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "[mobile]" in page and "&lt;b&gt;mera" in page
    assert number not in page and "43210" not in page
    assert not re.search(r"<script|<b>|(?:src|href)=|@import|\bon\w+=", page)


def test_misses_are_grouped_by_their_words_the_largest_group_first() -> None:
    texts = [
        "bijli ka bill",
        "toolkit me machine kharab hai",
        "bijli ka bill zyada",
        "toolkit ki machine kharab",
        "bijli bill",
    ]
    lines = [Line(number, text, "hi-Latn", "", "", "") for number, text in enumerate(texts)]
    assert [[one.number for one in group] for group in groups(lines)] == [[0, 2, 4], [1, 3]]


def test_the_example_of_the_docs_can_be_played(
    gateway: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", str(EXAMPLE), "--gateway", gateway, "--out", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert "left out" not in told.err
    assert row(told.out, "all")[0] == str(len(EXAMPLE.read_text("utf-8").splitlines()))
    assert "[mobile]" in (tmp_path / "report.html").read_text("utf-8")
