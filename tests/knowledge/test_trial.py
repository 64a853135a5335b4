"""A test run over a small knowledge base: what a draft changes, told in seconds."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.encoder.remembering import Remembering
from knowledge.encoder.serve import OnnxEncoder, Vectors
from knowledge.entries_loader import Library
from knowledge.entry import Entry
from knowledge.errors import KnowledgeError
from knowledge.retrieval import train
from knowledge.retrieval.features import Readers
from knowledge.retrieval.one_entry import with_answer, with_questions
from knowledge.retrieval.questions import OUT_OF_SCOPE, Question, of_entries
from knowledge.retrieval.search import Retriever
from knowledge.retrieval.train import Material
from knowledge.text.gazetteer import Gazetteer
from knowledge.text.language import SERVED, LanguageDetector
from knowledge.tools import trial
from knowledge.tools.trial import Asked, compared, read, with_draft

NAMES = ("helpline-number", "toolkit-apply", "mm-how-much", "cfc-use")
STRANGE = ["what is the weather today", "aaj ka mausam kaisa hai", "आज मौसम कैसा है", "play a song for me",
           "mujhe gaana sunao", "who won the match", "क्रिकेट मैच किसने जीता", "recipe of dal"]  # fmt: skip
ASKED = "my loom went silent on sunday whose doorbell do I press"


@pytest.fixture(scope="module")
def small(library: Library, readers: Readers, detector: LanguageDetector) -> Retriever:
    few = Library({name: library.entries[name] for name in NAMES}, library.sources)
    head, near = train.index(_material(few, readers), range(len(_asked(few))))
    return Retriever(few, head, near, readers.encoder, detector, readers)


def _asked(few: Library) -> list[Question]:
    return [*of_entries(few), *(Question(text, "en", OUT_OF_SCOPE) for text in STRANGE)]


def _material(few: Library, readers: Readers) -> Material:
    reads = [readers.read(q.text, q.language) for q in _asked(few)]
    answers = {e.id: readers.meaning([readers.read(e.answer[code], code) for code in SERVED])
               for e in few.entries.values()}  # fmt: skip
    return Material(_asked(few), reads, readers.meaning(reads), answers)


def drafted(entry: Entry, *questions: str, **changes: Any) -> Entry:
    texts = {code: list(given) for code, given in entry.questions.items()}
    texts["en"] += questions
    return Entry.model_validate({**entry.model_dump(by_alias=True, exclude_none=True), "questions": texts, **changes})


def told(before: Retriever, entry: Entry, *asked: Asked) -> list[dict[str, Any]]:
    said = compared(asked, before, with_draft(before, entry), Gazetteer.load())
    return [one for one in said if "question" in one]


def test_a_draft_that_changes_nothing_changes_no_answer(small: Retriever) -> None:
    asked = [Asked(q.text) for q in of_entries(small.library)[::7]]
    assert told(small, small.library.entries["cfc-use"], *asked) == []


def test_a_question_that_a_draft_takes_on_is_told_with_language_before_and_after(small: Retriever) -> None:
    question = f"{ASKED} please"
    assert "cfc-use" not in [hit.entry for hit in small.search(question).hits if hit.probability > 0.9]
    entry = drafted(small.library.entries["cfc-use"], ASKED, f"{ASKED} now", f"sir {ASKED}")
    (change,) = told(small, entry, Asked(question, frozenset({"cfc-use"})))
    assert (change["question"], change["language"]) == (question, "en")
    assert change["after"] == {"zone": "answer", "entries": ["cfc-use"]}
    assert change["verdict"] == "better"


def test_what_the_expected_entry_loses_is_worse_and_what_nobody_expected_is_neither(small: Retriever) -> None:
    taken = of_entries(Library({"x": small.library.entries["toolkit-apply"]}, {}))[-1].text
    others = [q for q in of_entries(small.library) if q.entry == "toolkit-apply" and q.language == "en"]
    asked = f"{others[0].text} please sir"
    entry = drafted(small.library.entries["cfc-use"], *(f"{q.text} please" for q in others), asked)
    (worse,) = told(small, entry, Asked(asked, frozenset({"toolkit-apply"})))
    assert worse["verdict"] == "worse"
    (other,) = told(small, entry, Asked(asked))
    assert other["verdict"] == "other"
    assert told(small, entry, Asked(taken, frozenset({"toolkit-apply"}))) == []


def test_a_new_entry_is_found_as_if_the_whole_index_had_been_made_with_it(
    small: Retriever, library: Library, readers: Readers, detector: LanguageDetector
) -> None:
    new = library.entries["loan-rejected"]
    quick = with_draft(small, new)
    few = Library({**small.library.entries, new.id: new}, library.sources)
    whole = Retriever(few, *train.index(_material(few, readers), range(len(_asked(few)))), readers.encoder, detector,
                      readers)  # fmt: skip
    asked = [f"{text} ji" for _, texts in new.questions.items() for text in texts[::5]]
    for text in asked:
        assert quick.search(text).hits[0].entry == whole.search(text).hits[0].entry == new.id
    for question in of_entries(small.library)[::9]:
        assert quick.rank(question.text, question.language)[0][0] == question.entry


def test_what_is_near_a_message_is_exact(small: Retriever, readers: Readers) -> None:
    entry = drafted(small.library.entries["cfc-use"], ASKED)
    few = Library({**small.library.entries, entry.id: entry}, small.library.sources)
    reads = [readers.read(q.text, q.language) for q in of_entries(few) if q.entry == entry.id]
    spots = [small.head.spot(one, meaning) for one, meaning in zip(reads, readers.meaning(reads), strict=True)]
    _, near = with_questions((small.head, small.near), entry.id, spots)
    place = small.head.labels.index(entry.id)
    assert near.starts[-1] == small.near.starts[-1] + 1
    assert (near.starts[: place + 1] == small.near.starts[: place + 1]).all()
    row = np.full(len(small.head.labels), 1 / len(small.head.labels), np.float32)
    asked = next(spot for spot, one in zip(spots, reads, strict=True) if "loom" in one.sound)
    nearest = near.features(row, [place], asked)[0]
    assert nearest[1] == pytest.approx(1, abs=0.01)
    assert nearest[4] == pytest.approx(1, abs=0.01)


def test_another_answer_moves_no_question(small: Retriever) -> None:
    told = np.ones((len(SERVED), small.head.meaning_weights.shape[1]), np.float32) / 20
    head, near = with_answer((small.head, small.near), "cfc-use", told)
    assert head is small.head
    assert (near.questions == small.near.questions).all()
    assert (near.answers != small.near.answers).any()


class Counting:
    """Encodes with the length of the text, and notes it."""

    identity = "one"

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        return np.array([[len(text)] for text in texts], np.float32).reshape(len(texts), 1)


def remembering(encoder: Any, path: Path) -> Remembering:
    return Remembering(encoder, path)


def test_the_next_run_encodes_only_texts_it_has_not_seen(tmp_path: Path) -> None:
    first = remembering(Counting(), tmp_path / "new" / "trial.npz")
    assert first(["ab", "abc", "ab"]).tolist() == [[2.0], [3.0], [2.0]]
    first.save()
    encoder = Counting()
    second = remembering(encoder, tmp_path / "new" / "trial.npz")
    assert second(["abc", "a"]).tolist() == [[3.0], [1.0]]
    assert encoder.read == ["a"]


@pytest.mark.parametrize("lying_there", [b"", b"PK\x03\x04 broken", b"text"])
def test_vectors_that_cannot_be_read_are_made_again(tmp_path: Path, lying_there: bytes) -> None:
    (tmp_path / "trial.npz").write_bytes(lying_there)
    encoder = Counting()
    assert remembering(encoder, tmp_path / "trial.npz")(["ab"]).tolist() == [[2.0]]


def test_the_command_says_how_far_it_is_and_keeps_the_vectors(
    small: Retriever, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: OnnxEncoder
) -> None:
    questions = tmp_path / "questions.yml"
    questions.write_text(f"- {{text: {ASKED}, entry: cfc-use}}\n- text: toolkit kaise milegi\n", encoding="utf-8")
    draft = tmp_path / "draft.yml"
    entry = drafted(small.library.entries["cfc-use"], ASKED)
    draft.write_text(json.dumps(entry.model_dump(mode="json", by_alias=True, exclude_none=True)), encoding="utf-8")
    monkeypatch.setattr(trial, "VECTORS", tmp_path / "trial.npz")
    monkeypatch.setattr(Retriever, "load", classmethod(lambda _, encoder: small))
    monkeypatch.setattr(Remembering, "save", lambda self: (tmp_path / "saved").touch())
    said = [json.loads(line) for line in trial.trial(draft, questions)]
    assert said[0] == {"done": 0, "total": 2}
    assert said[-1] == {"done": 2, "total": 2}
    assert said[1]["question"] == ASKED
    assert (tmp_path / "saved").exists()


def test_questions_are_read_with_what_is_expected_of_them(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("- {text: x, entry: one}\n- {text: y, entry: [one, two]}\n- text: z\n", encoding="utf-8")
    assert read(tmp_path) == [Asked("x", frozenset({"one"})), Asked("y", frozenset({"one", "two"})), Asked("z")]


@pytest.mark.parametrize("text", ["- x", "- {question: x}", "{", "1"])
def test_a_file_that_is_no_list_of_questions_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="not a list of questions"):
        read(tmp_path / "a.yml")
