"""Edits of entries are taken in while the server runs; a wrong file changes nothing."""

import logging
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rasa_calls import Bot

from actions import live, server
from actions.knowledge_base import KnowledgeBase, knowledge_base, replace
from knowledge.entries_loader import load
from knowledge.errors import NotBuiltError
from knowledge.paths import ENTRIES, KNOWLEDGE, ROOT, SOURCES
from knowledge.retrieval import search
from knowledge.retrieval.questions import digest

QUESTION = dict(load().entries["helpline-number"].questions.items())["en"][0]
TOLD = load().entries["helpline-number"].answer["en"]
NEW = "Edited just now: call the office."


class Edited:
    """A copy of what a content officer edits, and the watcher of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entry = folder / "entries" / "contact" / "helpline-number.yml"
        self.edits = live.LiveEdits(60)

    def write(self, path: Path, text: str) -> None:
        later = path.stat().st_mtime_ns + 1_000_000
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(later, later))

    def change(self, old: str, new: str) -> None:
        text = self.entry.read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.write(self.entry, text.replace(old, new))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Command lines of the processes that were started instead of running them."""
    calls: list[list[str]] = []

    def popen(command: list[str], **how: Any) -> None:
        assert how["cwd"] == ROOT
        calls.append(command)

    monkeypatch.setattr(subprocess, "Popen", popen)
    return calls


@pytest.fixture
def edited(bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[list[str]]) -> Iterator[Edited]:
    shutil.copytree(ENTRIES, tmp_path / "entries")
    paths = {"ENTRIES": tmp_path / "entries", "SOURCES": tmp_path / SOURCES.name,
             "OUT_OF_SCOPE": tmp_path / "out_of_scope.yml", "HEAD": tmp_path / "head.npz",
             "OVERLAY": tmp_path / "published"}  # fmt: skip
    for name in (SOURCES.name, "out_of_scope.yml"):
        shutil.copy(KNOWLEDGE / name, tmp_path / name)
    for name, path in paths.items():
        monkeypatch.setattr(live, name, path)
    base = knowledge_base()
    library = load(paths["ENTRIES"], paths["SOURCES"])
    retriever = copy(base.retriever)
    retriever.head = changed(retriever.head, learnt=digest(library, paths["OUT_OF_SCOPE"]))
    replace(KnowledgeBase(retriever, base.districts))
    yield Edited(tmp_path)
    replace(base)


def told(bot: Bot) -> str:
    return str(bot.ask("action_answer", QUESTION).message["text"])


def test_what_was_edited_while_the_server_was_down_is_learnt_at_its_start(
    edited: Edited, started: list[list[str]]
) -> None:
    edited.edits.stop()
    edited.edits.run()
    assert started == []
    base = knowledge_base()
    older = copy(base.retriever)
    older.head = changed(older.head, learnt="of other questions")
    replace(KnowledgeBase(older, base.districts))
    edited.edits.run()
    assert [command[1:] for command in started] == [["-m", "knowledge", "learn"]]


def test_an_edited_answer_is_live_after_a_look_and_nothing_is_learnt(
    bot: Bot, edited: Edited, started: list[list[str]]
) -> None:
    edited.change(TOLD, NEW)
    assert told(bot) == TOLD
    edited.edits.look()
    assert told(bot) == NEW
    assert started == []


def test_without_an_edit_a_look_changes_nothing(edited: Edited, started: list[list[str]]) -> None:
    before = knowledge_base()
    edited.edits.look()
    assert knowledge_base() is before
    assert started == []


def test_an_edited_source_is_live_after_a_look(bot: Bot, edited: Edited) -> None:
    source = load().entries["helpline-number"].sources[0]
    title = load().sources[source].title.en
    path = edited.folder / SOURCES.name
    text = path.read_text(encoding="utf-8")
    assert title in text
    edited.write(path, text.replace(title, "A newer paper"))
    edited.edits.look()
    assert bot.ask("action_answer", QUESTION).custom["sources"][0]["title"] == "A newer paper"


def line_of(path: Path, words: str) -> int:
    return 1 + next(i for i, line in enumerate(path.read_text(encoding="utf-8").splitlines()) if words in line)


@pytest.mark.parametrize(
    ("old", "new"), [("id: helpline-number", "id: other"), ("topic: contact", "topic: contact: x")]
)
def test_a_wrong_file_changes_nothing_and_is_logged_with_file_and_line(
    bot: Bot, edited: Edited, started: list[list[str]], caplog: pytest.LogCaptureFixture, old: str, new: str
) -> None:
    edited.change(TOLD, NEW)
    edited.change(old, new)
    edited.edits.look()
    assert told(bot) == TOLD
    assert started == []
    assert f"{edited.entry}:{line_of(edited.entry, new)}: " in caplog.text


def test_a_wrong_list_of_what_is_out_of_scope_changes_nothing_and_is_logged(
    bot: Bot, edited: Edited, started: list[list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    before = knowledge_base()
    path = edited.folder / "out_of_scope.yml"
    edited.write(path, "en: one\nen: two\n")
    edited.edits.look()
    assert knowledge_base() is before
    assert started == []
    assert f"{path}:2: " in caplog.text


def test_a_wrong_file_is_logged_once_and_taken_in_when_it_is_mended(
    bot: Bot, edited: Edited, caplog: pytest.LogCaptureFixture
) -> None:
    edited.change(TOLD, NEW)
    edited.change("id: helpline-number", "id: other")
    edited.edits.look()
    edited.edits.look()
    assert sum(record.levelno == logging.ERROR for record in caplog.records) == 1
    edited.change("id: other", "id: helpline-number")
    edited.edits.look()
    assert told(bot) == NEW


def test_a_new_question_is_answered_word_for_word_and_learning_is_started(
    bot: Bot, edited: Edited, started: list[list[str]]
) -> None:
    edited.change(f'- "{QUESTION}"\n', f'- "{QUESTION}"\n    - "zzqx plmt number"\n')
    edited.edits.look()
    assert [call[1:] for call in started] == [["-m", "knowledge", "learn"]]
    assert bot.ask("action_answer", "zzqx plmt number").custom["entry"] == "helpline-number"


def test_an_entry_taken_away_is_not_answered_any_more(bot: Bot, edited: Edited, started: list[list[str]]) -> None:
    name = "research-method"
    (edited.folder / "entries" / "research" / f"{name}.yml").unlink()
    edited.edits.look()
    assert bot.tap("action_answer", f"entry:{name}").message["response"] == "utter_not_understood"
    assert len(started) == 1


def test_a_new_index_is_taken_in_with_the_entries_there_are(
    bot: Bot, edited: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited.change(TOLD, NEW)
    edited.edits.look()
    path = edited.folder / "head.npz"
    changed(knowledge_base().retriever.head, learnt="built anew").save(path)
    monkeypatch.setattr(search, "HEAD", path)
    edited.edits.look()
    assert knowledge_base().retriever.head.learnt == "built anew"
    assert told(bot) == NEW


def watchers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if isinstance(thread, live.LiveEdits)]


def soon(happened: Callable[[], bool]) -> bool:
    end = time.monotonic() + 90
    while not happened() and time.monotonic() < end:
        time.sleep(0.2)
    return happened()


def test_the_watcher_starts_and_stops_with_the_server(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONS_LIVE_SECONDS", "60")
    with TestClient(server.app):
        assert len(watchers()) == 1
        assert watchers()[0].daemon
    assert soon(lambda: not watchers())


def test_no_seconds_start_no_watcher(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONS_LIVE_SECONDS", "0")
    with TestClient(server.app):
        assert watchers() == []


def test_a_running_server_answers_with_the_edit(bot: Bot, edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONS_LIVE_SECONDS", "0.05")
    with TestClient(server.app):
        edited.change(TOLD, NEW)
        assert soon(lambda: told(bot) == NEW)
    assert soon(lambda: not watchers())


@pytest.mark.parametrize("error", [FileNotFoundError("gone"), NotBuiltError(Path("head.npz")), ValueError("half")])
def test_a_look_that_fails_is_logged_and_the_next_one_looks_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    looks: list[int] = []

    def look(_: live.LiveEdits) -> None:
        looks.append(1)
        if len(looks) == 1:
            raise error

    monkeypatch.setattr(live.LiveEdits, "look", look)
    edits = live.LiveEdits(0.01)
    edits.start()
    assert soon(lambda: len(looks) > 2)
    edits.stop()
    edits.join(5)
    assert not edits.is_alive()
    assert type(error).__name__ in caplog.text
