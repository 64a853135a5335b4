"""The head is fitted as it should be, and thresholds are chosen by their rule on questions it has not seen."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.encoder.serve import Vectors
from knowledge.retrieval import calibrate
from knowledge.retrieval.fit import fit
from knowledge.retrieval.head import Head, Probabilities
from knowledge.retrieval.questions import OUT_OF_SCOPE, Question
from knowledge.retrieval.search import thresholds
from knowledge.text.skeleton import skeleton

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


def some_questions() -> tuple[list[Question], Vectors]:
    """Three entries in three languages, with vectors that say little."""
    words = {"kit": "auzar kit tool", "loan": "bank loan paisa", "fair": "mela stall dukan"}
    asked = [
        Question(f"{words[entry].split()[i % 3]} {words[entry].split()[i % 2]} number {i}", code, entry)
        for entry in words
        for code in LANGUAGES
        for i in range(10)
    ]
    return asked, np.random.default_rng(3).normal(size=(len(asked), 8)).astype(np.float32)


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
    asked, meanings = some_questions()
    trained_on: list[set[str]] = []
    judged: list[set[str]] = []
    fit, judge = calibrate.fit, Head.all

    def spy_fit(questions: Sequence[Question], vectors: Vectors) -> Head:
        trained_on.append({q.text + q.language for q in questions})
        return fit(questions, vectors)

    def spy_judge(head: Head, texts: Sequence[str], languages: Sequence[str], given: Vectors) -> Probabilities:
        judged.append({t + c for t, c in zip(texts, languages, strict=True)})
        return judge(head, texts, languages, given)

    monkeypatch.setattr(calibrate, "fit", spy_fit)
    monkeypatch.setattr(Head, "all", spy_judge)
    labels, found = calibrate.unseen_probabilities(asked, meanings)
    assert [seen & fresh for seen, fresh in zip(trained_on, judged, strict=True)] == [set()] * 5
    assert set().union(*judged) == {q.text + q.language for q in asked}
    assert labels == ["fair", "kit", "loan"]
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)


def test_the_served_head_gives_the_probabilities_of_scikit_learn() -> None:
    asked, meanings = some_questions()
    texts, languages = [q.text for q in asked], [q.language for q in asked]
    centred = meanings - np.stack([meanings[np.array(languages) == code].mean(axis=0) for code in languages])
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    ngrams = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    sounds = ngrams.fit_transform([skeleton(t) for t in texts])
    features = hstack([csr_matrix(centred), sounds]).tocsr()
    model = LogisticRegression(C=20.0, max_iter=150, tol=1e-3, random_state=20261121)
    model.fit(features, [q.entry for q in asked])
    ours = fit(asked, meanings)
    assert ours.labels == list(model.classes_)
    assert np.allclose(ours.all(texts, languages, meanings), model.predict_proba(features), atol=2e-3)


def test_a_head_is_fitted_the_same_each_time() -> None:
    asked, meanings = some_questions()
    one, other = fit(asked, meanings), fit(asked, meanings)
    assert np.array_equal(one.meaning_weights, other.meaning_weights)
    assert np.array_equal(one.sound_weights, other.sound_weights)


def test_a_text_of_unknown_sounds_has_probabilities_too() -> None:
    asked, meanings = some_questions()
    shares = fit(asked, meanings)("", "en", meanings[0])
    assert np.isfinite(shares).all()
    assert shares.sum() == pytest.approx(1, abs=1e-5)
