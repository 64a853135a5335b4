"""The public data sets: CSV files, HINT3's figures, the classes left out to choose a threshold."""

import csv
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import matthews_corrcoef

from benchmarks.public import heads, hint3, holdout, labelled, metrics
from benchmarks.public.intents import Result
from benchmarks.public.labelled import OUT_OF_SCOPE, Columns, Labelled, Prediction
from benchmarks.public.material import Material
from benchmarks.public.problems import DataError
from knowledge.retrieval.features import Read

WANTED = ["EMI", "EMI", "COD", OUT_OF_SCOPE, OUT_OF_SCOPE]
EYE = np.eye(5, dtype=np.float32)
SURE = [("EMI", 0.9), ("COD", 0.4), ("COD", 0.6), ("EMI", 0.5), ("COD", 0.2)]
PREDICTIONS = [Prediction(label, confidence) for label, confidence in SURE]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "train.csv"
    path.write_text('sentence,label\n"0% EMI, please",EMI\nनकद में?,COD\n', encoding="utf-8-sig")
    return path


def test_a_file_is_read_with_commas_hindi_and_byte_order_mark(written: Path) -> None:
    assert labelled.read(written) == [Labelled("0% EMI, please", "EMI"), Labelled("नकद में?", "COD")]


def test_columns_may_be_called_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("intent,query\nEMI,emi?\n", encoding="utf-8")
    assert labelled.read(path, Columns("query", "intent")) == [Labelled("emi?", "EMI")]


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "there is no file"), ("text,label\na,b\n", "no column sentence"), ("sentence,label\n", "no rows")],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path: Path, content: str | None, said: str) -> None:
    path = tmp_path / "wrong.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        labelled.read(path)


def test_predictions_are_written_with_and_without_the_threshold(tmp_path: Path) -> None:
    path = tmp_path / "new" / "predictions.csv"
    rows = [Labelled("emi?", "EMI"), Labelled("hi, you", OUT_OF_SCOPE)]
    labelled.write(path, rows, [Prediction("EMI", 0.9), Prediction("EMI", 0.3)], 0.5, OUT_OF_SCOPE)
    with path.open(encoding="utf-8", newline="") as file:
        assert [(row["sentence"], row["predicted"], row["best"]) for row in csv.DictReader(file)] == [
            ("emi?", "EMI", "EMI"),
            ("hi, you", OUT_OF_SCOPE, "EMI"),
        ]


def test_figures_count_what_is_below_the_threshold_as_out_of_scope() -> None:
    found = metrics.figures(WANTED, PREDICTIONS, 0.5, OUT_OF_SCOPE)
    assert (found.accuracy, found.in_scope, found.recall) == pytest.approx((3 / 5, 2 / 3, 1 / 2))


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.5, 0.7])
def test_mcc_is_that_of_scikit_learn_over_all_classes(threshold: float) -> None:
    given = [one.at(threshold, OUT_OF_SCOPE) for one in PREDICTIONS]
    expected = matthews_corrcoef(WANTED, given)
    assert metrics.figures(WANTED, PREDICTIONS, threshold, OUT_OF_SCOPE).mcc == pytest.approx(expected)


def test_mcc_is_nothing_where_one_class_is_always_said() -> None:
    assert metrics.mcc(WANTED, ["EMI"] * 5) == 0


def test_the_best_threshold_has_the_highest_mcc() -> None:
    found = metrics.best(WANTED, PREDICTIONS, OUT_OF_SCOPE)
    assert found.threshold == pytest.approx(0.51)
    assert found.accuracy == pytest.approx(4 / 5)


def test_the_interval_holds_the_figure_and_narrows_with_more_texts() -> None:
    at = metrics.figures(WANTED, PREDICTIONS, 0.5, OUT_OF_SCOPE)
    low, high = metrics.interval(WANTED, PREDICTIONS, 0.5, OUT_OF_SCOPE)
    many_low, many_high = metrics.interval(WANTED * 20, PREDICTIONS * 20, 0.5, OUT_OF_SCOPE)
    assert low <= many_low < at.mcc < many_high <= high


def test_a_split_never_trains_on_a_class_left_out_and_asks_every_other_text() -> None:
    labels = [name for name in "abcdefgh" for _ in range(10)]
    one = holdout.split(labels, seed=1)
    assert len(one.outside) == 2
    assert not {labels[i] for i in one.training} & one.outside
    assert sorted(one.training + one.asked) == list(range(80))
    assert len(one.training) == 6 * 7


def test_a_class_of_one_text_is_trained_on() -> None:
    one = holdout.split(["a", "b", "c", "d"], seed=1)
    assert len(one.training) == 3
    assert {("a", "b", "c", "d")[i] for i in one.asked} == one.outside


def test_the_threshold_comes_from_what_was_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A head that is 0.8 sure of what it knows and 0.3 of what it does not."""
    labels = [name for name in "abcdefgh" for _ in range(10)]
    monkeypatch.setattr(Material, "take", lambda self, places: [labels[i] for i in places])

    def fit(material: list[str], names: list[str], strangers: Material) -> object:
        return lambda new: [Prediction(n if n in names else names[0], 0.8 if n in names else 0.3) for n in new]

    nothing = Material([], [], None)  # type: ignore[arg-type]
    assert holdout.threshold(nothing, labels, nothing, fit, OUT_OF_SCOPE) == pytest.approx(0.31)  # type: ignore[arg-type]


def test_the_pair_is_less_sure_of_a_text_far_from_all_it_learnt() -> None:
    near, far = (Material([Read("en", w, w)], [w], v[None]) for w, v in (("emi", EYE[0]), ("cricket", EYE[3])))
    known = [("emi", 0), ("emi plan", 0), ("cash", 1), ("cash please", 1)]
    texts, places = [w for w, _ in known], [n for _, n in known]
    learnt = Material([Read("en", w, w) for w in texts], texts, EYE[places])
    strangers = Material([Read("en", "weather", "weather")], ["weather"], EYE[[2]])
    predict = heads.pair(learnt, ["EMI", "EMI", "COD", "COD"], strangers)
    assert predict(near)[0].label == "EMI"
    assert predict(near)[0].confidence > 2 * predict(far)[0].confidence


def test_the_report_sets_ours_beside_what_was_published() -> None:
    rows = [Labelled("x", label) for label in WANTED]
    at = metrics.figures(WANTED, PREDICTIONS, 0.5, OUT_OF_SCOPE)
    result = Result(rows, PREDICTIONS, at, at, at)
    text = hint3.report({("pair", size, bot): result for size in hint3.SIZES for bot in hint3.BOTS})
    assert "SOFMattress 5 (2 out of scope)" in text
    assert "68.8/71.9/64.5/63.8" in text
    assert f"60.0/66.7/50.0/{100 * at.mcc:.1f} (" in text
