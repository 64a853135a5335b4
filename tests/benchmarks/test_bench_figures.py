"""Figures, tables and the offline view of a district question."""

import pytest

from benchmarks.figures import percentile, ratio, share, spread, wilson
from benchmarks.tables import table
from benchmarks.understanding.offline import seen_of_question
from knowledge.district_question import DistrictQuestion


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (85, 100, 0.7672, 0.9069), (0, 0, 0, 1)],
)
def test_wilson(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=1e-4)


def test_share_shows_count_share_and_interval() -> None:
    assert share(85, 100) == "85 · 85.0 % (76.7–90.7)"
    assert share(0, 0) == "–"


@pytest.mark.parametrize(("percent", "value"), [(50, 5), (95, 10), (100, 10), (1, 1)])
def test_percentile_is_a_value_that_was_seen(percent: float, value: float) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent) == value


def test_spread_is_mean_with_range() -> None:
    assert spread([10.0, 12.0, 14.0]) == "12.0 (10.0–14.0)"
    assert spread([600.0, 640.0]) == "620 (600–640)"
    assert (spread([7.0]), spread([])) == ("7.0", "–")


def test_ratio_needs_both() -> None:
    assert ratio([30.0], [60.0]) == "0.50×"
    assert (ratio([], [1.0]), ratio([1.0], [0.0])) == ("–", "–")


def test_table_is_lined_up() -> None:
    assert table(["", "n"], [["hi", "100"]]) == "|    |   n |\n| -- | --: |\n| hi | 100 |"


def test_district_questions_as_seen() -> None:
    which = seen_of_question(DistrictQuestion("ambiguous", ("kanpur-nagar", "kanpur-dehat"), "kanpur"))
    assert which.outcome == "choices_offered"
    assert which.choices == {"district:kanpur-nagar", "district:kanpur-dehat"}
    assert seen_of_question(DistrictQuestion("products", ("agra",))).districts == {"agra"}
    assert seen_of_question(DistrictQuestion("own_district")).outcome == "question_asked"
