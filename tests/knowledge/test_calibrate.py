"""Thresholds are chosen by their rule, on questions the head has not seen."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.retrieval import calibrate
from knowledge.retrieval.head import Head
from knowledge.retrieval.questions import OUT_OF_SCOPE, Question
from knowledge.retrieval.search import thresholds

LABELS = ["kit", "loan", OUT_OF_SCOPE]
LANGUAGES = ("hi", "hi-Latn", "en")


def cases(rows: Sequence[tuple[str, str, float]]) -> tuple[list[Question], np.ndarray]:
    """(asked entry, answered label, probability) -> questions of every language and their probabilities."""
    questions, found = [], []
    for language in LANGUAGES:
        for asked, answered, sure in rows:
            questions.append(Question("x", language, asked))
            found.append([sure if label == answered else (1 - sure) / 2 for label in LABELS])
    return questions, np.array(found)


def chosen(rows: Sequence[tuple[str, str, float]]) -> dict[str, float]:
    questions, found = cases(rows)
    return calibrate.choose(questions, LABELS, found)


def test_without_mistakes_the_lowest_threshold_is_chosen() -> None:
    assert chosen([("loan", "loan", 0.9)] * 20) == dict.fromkeys(LANGUAGES, 0.1)


def test_the_threshold_is_the_lowest_that_keeps_mistakes_rare() -> None:
    # Of 40 questions, 5 mistakes at 0.60 are too many; 2 at 0.80 (5 %) are few enough.
    rows = [("loan", "loan", 0.9)] * 33 + [("loan", "kit", 0.6)] * 5 + [("loan", "kit", 0.8)] * 2
    assert chosen(rows) == dict.fromkeys(LANGUAGES, 0.62)


def test_just_as_many_mistakes_as_allowed_are_allowed() -> None:
    allowed = int(calibrate.WRONG_AT_MOST * 40)
    rows = [("loan", "loan", 0.9)] * (40 - allowed) + [("loan", "kit", 0.8)] * allowed
    assert chosen(rows)["en"] == 0.1
    rows = [("loan", "loan", 0.9)] * (39 - allowed) + [("loan", "kit", 0.8)] * (allowed + 1)
    assert chosen(rows)["en"] == 0.82


def test_taking_a_question_for_out_of_scope_is_no_wrong_answer() -> None:
    assert chosen([("loan", OUT_OF_SCOPE, 0.9)] * 20)["hi"] == 0.1


def test_answering_what_is_out_of_scope_is_a_wrong_answer() -> None:
    assert chosen([(OUT_OF_SCOPE, "loan", 0.6)] * 20)["hi"] == 0.62


def test_when_no_threshold_is_good_enough_the_highest_is_taken() -> None:
    assert chosen([("loan", "kit", 0.99)] * 20)["en"] == 0.9


def test_each_language_gets_its_own_threshold() -> None:
    questions, found = cases([("loan", "loan", 0.9)] * 20)
    wrong = [i for i, q in enumerate(questions) if q.language == "en"]
    found[wrong] = [0.6, 0.2, 0.2]
    assert calibrate.choose(questions, LABELS, found) == {"hi": 0.1, "hi-Latn": 0.1, "en": 0.62}


def test_what_is_written_is_what_the_retriever_reads(tmp_path: Path) -> None:
    values = {"hi": 0.42, "hi-Latn": 0.36, "en": 0.5}
    calibrate.write(values, 1234, tmp_path / "thresholds.yml")
    assert thresholds(tmp_path / "thresholds.yml") == values
    assert "1234 questions" in (tmp_path / "thresholds.yml").read_text(encoding="utf-8")


def test_no_question_is_judged_by_a_head_that_has_seen_it(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    asked = [Question(f"{e} number {i} {e}", c, e) for e in ("kit", "loan") for c in LANGUAGES for i in range(10)]
    meanings = rng.normal(size=(len(asked), 8)).astype(np.float32)
    overlap: list[set[str]] = []
    fit = Head.fit

    def spy(questions: Sequence[Question], vectors: np.ndarray) -> object:
        head, seen = fit(questions, vectors), {q.text + q.language for q in questions}

        def judge(texts: Sequence[str], languages: Sequence[str], given: np.ndarray) -> np.ndarray:
            overlap.append(seen & {t + c for t, c in zip(texts, languages, strict=True)})
            return head(texts, languages, given)

        return judge

    monkeypatch.setattr(calibrate.Head, "fit", spy)
    labels, found = calibrate.unseen_probabilities(asked, meanings)
    assert overlap == [set()] * 5
    assert labels == ["kit", "loan"]
    assert np.allclose(found.sum(axis=1), 1)
