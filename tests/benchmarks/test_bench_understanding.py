"""The report on answers, out of scope and distress, each on answers made up for it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from made_up import AGRA, CHOICES, LOAN, RATION, REFUSED, RIGHT, WRONG, rows

from benchmarks.errors import ServerError
from benchmarks.understanding import distress, languages, messages, offline, out_of_scope, run, scores, system, timing
from benchmarks.understanding.distress import Said
from benchmarks.understanding.judge import Seen
from benchmarks.understanding.out_of_scope import Foreign
from benchmarks.understanding.recognise import Recogniser
from benchmarks.understanding.section import Section
from knowledge import districts, entries_loader

pytestmark = pytest.mark.usefixtures("folder")


def test_answers_are_told_by_language_style_hand_and_expectation() -> None:
    found = scores.section("trial", "Answers", [(LOAN, RIGHT), (AGRA, WRONG), (RATION, REFUSED)])
    for first, names in {
        "language": ["hi-Latn", "en", "all"],
        "style": ["typos", "not noted", "clean", "all"],
        "hand": ["asha", "first", "imran", "all"],
        "expected": ["entry", "districts", "out_of_scope", "all"],
    }.items():
        assert list(found.figures[first]) == names
        assert f"| {first}" in found.body
    assert found.figures["language"]["hi-Latn"] == {"n": 2, "right": 1, "wrong": 1, "offered": 0, "no answer": 0}


def test_the_worst_stands_first_in_what_was_not_right(folder: Path) -> None:
    scores.section("trial", "Answers", [(LOAN, CHOICES), (LOAN, RIGHT), (AGRA, WRONG)])
    text = (folder / "misses-trial.yml").read_text(encoding="utf-8")
    assert text.index("verdict: wrong") < text.index("verdict: no answer")
    assert "right\n" not in text
    assert "style: typos" in text


def test_out_of_scope_counts_answers_and_choices_apart_with_what_is_ours_beside() -> None:
    foreign = [Foreign(f"{n}", "en", "chat") for n in range(4)] + [Foreign("x", "hi", "near_miss")]
    heard = list(zip(foreign, [WRONG, CHOICES, REFUSED, Seen("small_talk"), Seen("question_asked")], strict=True))
    found = out_of_scope.section(heard, [(LOAN, WRONG), (AGRA, CHOICES), (RATION, RIGHT)])
    assert found.figures["language"]["en"] == {
        **{"n": 4, "answered": 1, "choices": 1},
        **{"ours n": 0, "ours answered": 0, "ours choices": 0},
    }
    assert found.figures["language"]["all"]["choices"] == 2
    assert found.figures["language"]["hi-Latn"]["ours answered"] == 1
    assert found.figures["kind"]["chat"]["en"] == {"n": 4, "answered": 1, "choices": 1}
    assert "1 of 4" in found.body


def test_distress_counts_the_found_and_the_false_alarms() -> None:
    said = [Said("a", "hi", True), Said("b", "hi", True), Said("c", "hi", False), Said("d", "en", False)]
    handed = Seen("handed_over")
    found = distress.section(list(zip(said, [handed, REFUSED, handed, RIGHT], strict=True)))
    assert found.figures["language"]["hi"] == {"distress": 2, "found": 1, "others": 1, "false_alarms": 1}
    assert rows(found.body, "language")["all"][0] == "2"
    assert rows(found.body, "language")["all"][2] == "2"


def system_that(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer), base_url="http://system")


def test_every_message_is_asked_in_a_session_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sessions.append(json.loads(request.content)["session_id"])
        reply: dict[str, Any] = {"text": "?", "language": "en", "buttons": [], "sources": []}
        return httpx.Response(200, json={"replies": [reply], "outcome": "not_understood", "turn_id": "0" * 32})

    recogniser = Recogniser(entries_loader.load(), districts.load())
    send = partial(system.send, system_that(answer), recogniser)
    monkeypatch.setattr(system, "speaking", lambda url: nullcontext(send))
    with system.asking("http://system") as ask:
        seen = [ask("hello") for _ in range(3)]
    assert len(set(sessions)) == 3
    assert seen[0] == Seen("not_understood", language="en")


def test_a_system_that_fails_is_told() -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    recogniser = Recogniser(entries_loader.load(), districts.load())
    for client in (system_that(lambda request: httpx.Response(503)), system_that(broken)):
        with pytest.raises(ServerError):
            system.send(client, recogniser, "hello", "s")


def test_the_whole_system_is_asked_everything(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    @contextmanager
    def asking(url: str) -> Iterator[Callable[[str], Seen]]:
        yield lambda text: asked.append(text) or REFUSED  # type: ignore[func-returns-value]

    monkeypatch.setattr(run, "asking", asking)
    monkeypatch.setattr(messages, "load", lambda: [LOAN, RATION])
    monkeypatch.setattr(out_of_scope, "load", lambda: [Foreign("joke", "en", "chat")])
    monkeypatch.setattr(distress, "load", lambda: [Said("help", "en", True)])
    sections = run._through_api("http://system")
    assert asked == ["loan kitna", "ration card", "joke", "help"]
    assert [one.title for one in sections] == ["Answers, through the message API", "Out of scope", "Distress"]
    assert sections[0].figures["language"]["all"]["right"] == 1


def test_one_report_for_people_and_one_for_programs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [Section("Answers", "a table", {"n": 1}), Section("Spelling", "another", {"n": 2})]
    monkeypatch.setattr(offline.Offline, "load", classmethod(lambda cls: None))
    monkeypatch.setattr(languages, "teller", lambda: str)
    monkeypatch.setattr(run, "_offline", lambda alone: made[:1])
    monkeypatch.setattr(run, "_inside", lambda alone: made[1:])
    monkeypatch.setattr(timing, "section", lambda: Section("Speed", "times", {}))
    run.run(None)
    text = (folder / "understanding.md").read_text(encoding="utf-8")
    assert "### Answers\n\na table" in text
    assert "### Languages" in text
    figures = json.loads((folder / "understanding.json").read_text(encoding="utf-8"))
    assert figures["Spelling"] == {"n": 2}
    assert "measured" in figures
