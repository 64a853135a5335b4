"""The index is fitted as it should be, and calibrated by its rules on questions it has not seen."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.entries_loader import Library
from knowledge.errors import KnowledgeError
from knowledge.retrieval import calibrate
from knowledge.retrieval.balance import REGULARISATION, weights
from knowledge.retrieval.calibrate import Asked
from knowledge.retrieval.calibration import OF_TUNED, PACKAGED, Calibration
from knowledge.retrieval.features import Read, grams
from knowledge.retrieval.fit import _DIRECTIONS, _SEED, fit
from knowledge.retrieval.head import Head
from knowledge.retrieval.neighbours import Neighbours, Weights, candidates
from knowledge.retrieval.questions import HELD_BACK, OUT_OF_SCOPE, Question, fold_of
from knowledge.retrieval.train import Material

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


def material(each: int = 10) -> Material:
    """Three entries and what is out of scope in three languages, with vectors that say little."""
    words = {"kit": "auzar kit tool", "loan": "bank loan paisa", "fair": "mela stall dukan", OUT_OF_SCOPE: "song rain"}
    asked = [
        Question(f"{spelt.split()[i % 2]} {spelt.split()[-1]} number {i}", code, entry)
        for entry, spelt in words.items()
        for code in LANGUAGES
        for i in range(each)
    ]
    rng = np.random.default_rng(3)
    read = [Read(q.language, q.text, q.text) for q in asked]
    vectors = rng.normal(size=(len(asked), 8)).astype(np.float32)
    answers = {entry: rng.normal(size=(3, 8)).astype(np.float32) for entry in words if entry != OUT_OF_SCOPE}
    return Material(asked, read, vectors, answers)


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
    assert chosen([("loan", "kit", 0.99)] * 20)["en"] == 0.94


def test_each_language_gets_its_own_threshold() -> None:
    questions, found = cases([("loan", "loan", 0.9)] * 20)
    wrong = [i for i, q in enumerate(questions) if q.language == "en"]
    found[wrong] = [0.6, 0.2, 0.2]
    assert calibrate.choose(questions, LABELS, found) == {"hi": 0.1, "hi-Latn": 0.1, "en": 0.62}


def test_what_is_written_is_what_the_retriever_reads(tmp_path: Path) -> None:
    made = Calibration({"hi": 0.42, "hi-Latn": 0.36, "en": 0.5}, Weights(1.25, 9.0, -5.5, 0.001, 3.5))
    made.save(tmp_path / "new" / "calibration.yml", "1234 questions")
    assert Calibration.load(tmp_path / "new" / "calibration.yml") == made
    assert "1234 questions" in (tmp_path / "new" / "calibration.yml").read_text(encoding="utf-8")


def test_what_belongs_to_a_tuned_encoder_is_read_only_beside_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert OF_TUNED != PACKAGED
    own, packaged = Calibration({"hi": 0.3}, Weights()), Calibration({"hi": 0.4}, Weights())
    own.save(tmp_path / "own.yml", "")
    packaged.save(tmp_path / "packaged.yml", "")
    for name, file in (("OF_TUNED", "own.yml"), ("PACKAGED", "packaged.yml"), ("TUNED", "tuned")):
        monkeypatch.setattr(f"knowledge.retrieval.calibration.{name}", tmp_path / file)
    assert Calibration.load() == packaged
    (tmp_path / "tuned").touch()
    assert Calibration.load() == own
    (tmp_path / "own.yml").unlink()
    assert Calibration.load() == packaged


@pytest.fixture(scope="module")
def of() -> Material:
    return material()


@pytest.fixture(scope="module")
def spied(of: Material) -> tuple[list[set[int]], Asked]:
    """(the places each index was made of, what the indexes made of the others)"""
    learnt: list[set[int]] = []
    index = calibrate.train.index

    def spy(given: Material, places: Sequence[int]) -> tuple[Head, Neighbours]:
        learnt.append(set(places))
        return index(given, places)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibrate.train, "index", spy)
        found = calibrate.unseen(of, range(5))
    return learnt, found


@pytest.fixture
def found(spied: tuple[list[set[int]], Asked]) -> Asked:
    return spied[1]


def test_no_question_is_judged_by_an_index_that_has_seen_it(of: Material, spied: tuple[list[set[int]], Asked]) -> None:
    learnt, found = spied
    assert sorted(case.place for case in found.cases) == list(range(len(of.asked)))
    for fold, seen in enumerate(learnt):
        mine = {case.place for case in found.cases if fold_of(of.asked[case.place].text) == fold}
        assert mine
        assert seen == set(range(len(of.asked))) - mine
    assert found.labels == ["fair", "kit", "loan", OUT_OF_SCOPE]
    assert np.allclose([case.row.sum() for case in found.cases], 1, atol=1e-5)


def test_the_same_text_is_held_back_in_every_language_at_once(
    of: Material, spied: tuple[list[set[int]], Asked]
) -> None:
    for seen in spied[0]:
        held = {q.text for i, q in enumerate(of.asked) if i not in seen}
        assert not held & {of.asked[i].text for i in seen}


def test_only_what_tuning_left_out_is_asked_of_a_tuned_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrate, "TUNED", tmp_path / "tuned")
    assert list(calibrate.folds_unseen_by_encoder()) == [0, 1, 2, 3, 4]
    (tmp_path / "tuned").touch()
    assert list(calibrate.folds_unseen_by_encoder()) == [HELD_BACK]


def test_an_entry_whose_questions_are_all_held_back_is_refused(of: Material) -> None:
    same = [Question("one text", "en", q.entry) if q.entry == "kit" else q for q in of.asked]
    with pytest.raises(KnowledgeError, match="too few questions"):
        calibrate.unseen(Material(same, of.read, of.vectors, of.answers), [fold_of("one text")])


def test_candidates_of_a_case_are_the_likeliest_entries_and_never_out_of_scope(found: Asked) -> None:
    strange = found.labels.index(OUT_OF_SCOPE)
    for case in found.cases:
        assert case.best == candidates(case.row, strange)
        assert strange not in case.best
        assert case.features.shape == (len(case.best), 5)


def test_the_second_look_keeps_shares_and_what_is_out_of_scope(found: Asked) -> None:
    rows = np.stack([case.row for case in found.cases])
    seen_again = calibrate.reranked(found, Weights(1.0, 3.0, 0.0, 1.0))
    strange = found.labels.index(OUT_OF_SCOPE)
    assert np.allclose(seen_again.sum(axis=1), 1, atol=1e-5)
    assert np.allclose(seen_again[:, strange], rows[:, strange])
    assert np.allclose(calibrate.reranked(found, Weights()), rows, atol=1e-4)


def test_weights_are_fitted_so_that_the_right_candidates_are_likelier(of: Material, found: Asked) -> None:
    def likelihood(weights: Weights) -> float:
        again = calibrate.reranked(found, weights)
        right = [found.labels.index(of.asked[case.place].entry) for case in found.cases]
        ours = [i for i, case in enumerate(found.cases) if right[i] in case.best]
        return float(np.mean([np.log(again[i, right[i]] / again[i, found.cases[i].best].sum()) for i in ours]))

    chosen = calibrate.weights(of, found)
    assert likelihood(chosen) >= likelihood(Weights()) - 1e-3
    assert likelihood(chosen) > likelihood(Weights(0.0, 0.0, 0.0, 0.0))


@pytest.mark.parametrize("is_tuned", [False, True])
def test_calibrating_writes_for_the_encoder_in_use(
    is_tuned: bool, of: Material, found: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[int]] = []

    def spy(_: Material, folds: Sequence[int]) -> Asked:
        asked.append(list(folds))
        return found

    monkeypatch.setattr(calibrate.train, "material", lambda _: of)
    monkeypatch.setattr(calibrate, "unseen", spy)
    for name in ("TUNED", "OF_TUNED", "PACKAGED"):
        monkeypatch.setattr(calibrate, name, tmp_path / name)
    if is_tuned:
        (tmp_path / "TUNED").touch()
    made = calibrate.run(Library({}, {}))
    written = Calibration.load(tmp_path / ("OF_TUNED" if is_tuned else "PACKAGED"))
    assert not (tmp_path / ("PACKAGED" if is_tuned else "OF_TUNED")).exists()
    assert asked == [[HELD_BACK] if is_tuned else [0, 1, 2, 3, 4]]
    assert written.thresholds == made.thresholds
    assert set(made.thresholds) == set(LANGUAGES)
    assert np.allclose(written.weights.array(), made.weights.array(), atol=6e-4)


def test_the_served_head_gives_the_probabilities_of_scikit_learn(of: Material) -> None:
    languages = np.array([one.language for one in of.read])
    centred = of.vectors - np.stack([of.vectors[languages == code].mean(axis=0) for code in languages])
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    ngrams = TfidfVectorizer(analyzer=grams, sublinear_tf=True, min_df=2, dtype=np.float32)
    sounds = ngrams.fit_transform([one.sound for one in of.read])
    pressed = TruncatedSVD(min(_DIRECTIONS, sounds.shape[1] - 1), n_iter=2, random_state=_SEED).fit_transform(sounds)
    features = np.hstack([centred, pressed.astype(np.float32)])
    model = LogisticRegression(C=REGULARISATION, max_iter=400, tol=1e-4, random_state=_SEED)
    model.fit(features, of.entries, sample_weight=weights(of.entries))
    ours = fit(of.read, of.entries, of.vectors)
    assert ours.labels == list(model.classes_)
    assert np.allclose(ours.all(of.read, of.vectors), model.predict_proba(features), atol=1e-3)


def test_a_question_of_an_entry_with_many_counts_less_and_what_is_out_of_scope_counts_more() -> None:
    many, few, strange = weights([*["many"] * 16, *["few"] * 4, *[OUT_OF_SCOPE] * 100])[[0, 16, 20]]
    assert few == pytest.approx(2 * many)
    assert strange > 1


def test_the_sound_of_a_text_is_that_of_scikit_learn(of: Material) -> None:
    ngrams = TfidfVectorizer(analyzer=grams, sublinear_tf=True, min_df=2)
    ngrams.fit([one.sound for one in of.read])
    sound = fit(of.read, of.entries, of.vectors).sound
    assert sound.columns == ngrams.vocabulary_
    for text in ("bank loan loan chahiye", "मेला", "number 3 number", "qqq"):
        places, values = sound(text)
        theirs = ngrams.transform([text]).toarray()[0]
        assert np.allclose(theirs[places], values, atol=1e-6)
        assert np.count_nonzero(theirs) == len(places)


def test_a_head_is_fitted_the_same_each_time(of: Material) -> None:
    one, other = (fit(of.read, of.entries, of.vectors) for _ in range(2))
    assert np.array_equal(one.meaning_weights, other.meaning_weights)
    assert np.array_equal(one.sound_weights, other.sound_weights)


def test_what_meaning_and_sound_add_is_the_whole_score_beside_the_bias(of: Material) -> None:
    head = fit(of.read, of.entries, of.vectors)
    meaning, sound = head.scores(of.read[0], of.vectors[0])
    assert meaning.shape == sound.shape == head.bias.shape
    raised = np.exp(head.bias + meaning + sound)
    assert np.allclose(head(of.read[0], of.vectors[0]), raised / raised.sum(), atol=1e-5)
    assert np.allclose(head.scores(Read("en", "x", ""), of.vectors[0])[1], 0)


def test_a_text_of_unknown_sounds_has_probabilities_too(of: Material) -> None:
    shares = fit(of.read, of.entries, of.vectors)(Read("en", "", ""), of.vectors[0])
    assert np.isfinite(shares).all()
    assert shares.sum() == pytest.approx(1, abs=1e-5)


def test_a_head_remembers_what_it_learnt_from(of: Material, tmp_path: Path) -> None:
    head = fit(of.read, of.entries, of.vectors)
    assert head.learnt == ""
    head.learnt = "abc"
    head.save(tmp_path / "head.npz")
    again = Head.load(tmp_path / "head.npz")
    assert again.learnt == "abc"
    assert np.array_equal(again(of.read[0], of.vectors[0]), head(of.read[0], of.vectors[0]))
    assert [path.name for path in tmp_path.iterdir()] == ["head.npz"]
