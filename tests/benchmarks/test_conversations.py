"""The transcripts: what is asked is well formed, and what was answered is written as a reader saw it."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.conversations import main, record
from benchmarks.errors import BenchmarkError, MessagesError, ServerError
from benchmarks.founding import load_dialogues, load_points
from benchmarks.places import CONVERSATIONS
from benchmarks.understanding.messages import LANGUAGES
from knowledge import districts, entries_loader
from knowledge.text.normalise import fold

_POINTS = """
- {document: "A [B] Study, 2025", point: "Banda", hi: "बांदा?", hi-Latn: "banda ka?", en: "Banda?", districts: [banda]}
- {document: "A [B] Study, 2025", point: "Nobody knows", hi: "क?", hi-Latn: "kya?", en: "what?"}
"""
_DIALOGUES = 'en: [{title: "Two turns", turns: ["hello", "1"]}]'
_KNOWN = {"बांदा?": ("बांदा का", "hi"), "banda ka?": ("Agra ka", "hi-Latn"), "Banda?": ("Of Banda:\n• a_b", "en")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "founding_questions.yml").write_text(_POINTS, encoding="utf-8")
    (tmp_path / "dialogues.yml").write_text(_DIALOGUES, encoding="utf-8")
    return tmp_path


class _System:
    """Knows three questions, and is asked to choose on any other; keeps what it was sent."""

    def __init__(self, status: int = 200) -> None:
        self.sent: list[dict[str, str]] = []
        self.status = status

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(json.loads(request.content))
        text, language = _KNOWN.get(self.sent[-1]["text"], ("Which?", "en"))
        buttons = [] if text != "Which?" else [{"title": "Loan", "payload": "entry:mm-what"}]
        sources = [{"title": "List", "as_of": "2025-07-15", "url": "https://example.org/list"}]
        reply = {"text": text, "language": language, "buttons": buttons, "sources": [] if buttons else sources}
        body: dict[str, Any] = {"replies": [reply], "turn_id": "0" * 32}
        return httpx.Response(self.status, json=body | {"outcome": "choices_offered" if buttons else "answered"})

    def client(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self), base_url="http://system")


def test_a_file_for_each_document_and_each_language(folder: Path) -> None:
    names = [path.name for path in record(_System().client(), folder)]
    assert names == ["a-b-study-2025.md", "dialogues-en.md"]


def test_the_summary_counts_by_language(folder: Path) -> None:
    record(_System().client(), folder, ["questions"])
    rows = [line for line in (folder / "a-b-study-2025.md").read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    cells = {row.split("|")[1].strip(): [cell.strip() for cell in row.split("|")[2:-1]] for row in rows[2:]}
    assert cells["हिंदी"] == ["2", "1", "1", "0", "1 of 1", "0 of 1", "1"]
    assert cells["Hinglish"] == ["2", "1", "1", "0", "0 of 1", "0 of 1", "1"]


def test_a_point_shows_what_the_reader_saw(folder: Path) -> None:
    record(_System().client(), folder, ["questions"])
    text = (folder / "a-b-study-2025.md").read_text(encoding="utf-8")
    assert "# A [B] Study, 2025\n" in text
    assert (
        "**English:** Banda?\n\n> Of Banda:\\\n> • a\\_b\n>\n> — [List](https://example.org/list), 2025-07-15" in text
    )
    assert "> *(en · answered · as expected)*" in text
    assert "> Which?\n>\n> \\[Loan\\]\n>\n> *(en · choices_offered · nothing particular expected)*" in text


def test_questions_are_asked_in_fresh_sessions_and_a_dialogue_in_one(folder: Path) -> None:
    system = _System()
    record(system.client(), folder)
    sessions = Counter(body["session_id"] for body in system.sent)
    assert sorted(sessions.values()) == [1, 1, 1, 1, 1, 1, 2]
    assert [body["text"] for body in system.sent[-2:]] == ["hello", "1"]


def test_a_system_that_fails_is_told(folder: Path) -> None:
    with pytest.raises(ServerError, match="503"):
        record(_System(status=503).client(), folder)


def test_no_system_is_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--url", "http://127.0.0.1:9", "--folder", str(folder)]) == 1
    assert "make run" in capsys.readouterr().err


@pytest.mark.parametrize("item", ["a", "{document: d, point: p}", _POINTS.splitlines()[1][2:-1] + ", makers: [banda]}"])
def test_a_mistake_is_told_with_file_and_item(tmp_path: Path, item: str) -> None:
    (tmp_path / "founding_questions.yml").write_text(f"- {item}\n", encoding="utf-8")
    with pytest.raises(MessagesError, match=r"founding_questions\.yml, item 1"):
        load_points(tmp_path)


def test_missing_files_are_told(tmp_path: Path) -> None:
    for load in (load_points, load_dialogues):
        with pytest.raises(BenchmarkError, match="missing"):
            load(tmp_path)


def test_what_the_points_expect_exists() -> None:
    places = set(districts.load().by_id)
    known = {"entry": set(entries_loader.load().entries), "districts": places, "makers": places}
    points = [point for point in load_points(CONVERSATIONS) if point.kind]
    assert [point.name for point in points if not point.expected or point.expected - known[point.kind or ""]] == []


def test_no_question_twice() -> None:
    for code in LANGUAGES:
        counts = Counter(fold(point.questions[code]) for point in load_points(CONVERSATIONS))
        assert [text for text, count in counts.items() if count > 1] == []


def test_dialogues_are_long_and_in_every_language() -> None:
    dialogues = load_dialogues(CONVERSATIONS)
    assert set(dialogues) == set(LANGUAGES)
    assert all(len(some) >= 8 and all(6 <= len(d.turns) <= 10 for d in some) for some in dialogues.values())
