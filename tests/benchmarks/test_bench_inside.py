"""The report on what lies below the answers: languages, spelling, calibration, confusions and times."""

from pathlib import Path

import pytest
from made_up import AGRA, CHOICES, LOAN, RATION, WRONG, rows

from benchmarks.errors import NotPreparedError
from benchmarks.understanding import calibration, confusions, languages, plot, scores, spelling, timing
from benchmarks.understanding.calibration import Guess
from benchmarks.understanding.languages import Item
from benchmarks.understanding.messages import Message
from knowledge.district_question import DistrictQuestion
from knowledge.retrieval.decide import Hit, Result

pytestmark = pytest.mark.usefixtures("folder")


def test_languages_are_scored_over_the_three_served() -> None:
    items = [Item("a", "hi"), Item("b", "hi-Latn"), Item("c", "en"), Item("ok", "null"), Item("d", "other")]
    perfect = languages.section(items, {i.text: i.label for i in items}.__getitem__)
    assert perfect.figures["macro_f1"] == 1.0
    eager = languages.section(items, {"a": "hi", "b": "hi-Latn", "c": "en", "ok": "en", "d": "other"}.__getitem__)
    assert eager.figures["macro_f1"] == pytest.approx((1 + 1 + 2 / 3) / 3)
    assert eager.figures["confusions"]["null"] == {"hi": 0, "hi-Latn": 0, "en": 1, "null": 0, "other": 0}
    assert rows(eager.body, "expected")["null"][-3:] == ["1", "0", "0"]


def test_urdu_letters_are_read_as_hindi_before_the_language_is_told() -> None:
    try:
        tell = languages.teller()
    except NotPreparedError:
        pytest.skip("the table of Urdu words is not built here")
    assert tell("مجھے قرض چاہیے") == "hi"
    assert tell("நன்றி") == "other"
    assert tell("12345") == "null"


def test_an_answer_that_holds_has_no_flips() -> None:
    found = spelling.section([LOAN, RATION], lambda text: "answer mm-what")
    assert [row["flips"] for row in found.figures["language"].values()] == [0, 0]
    assert rows(found.body, "language")["en"][-1] == "yes"


def test_flips_are_counted_by_kind_and_those_that_mislead_apart(folder: Path) -> None:
    message = Message("loan nahi mila kya karu", "hi-Latn", "entry", frozenset({"loan-rejected"}))

    def shaky(text: str) -> str:
        return "answer a" if text == message.text else "answer b" if text.islower() else "choices"

    row = spelling.section([message], shaky).figures["language"]["hi-Latn"]
    assert row["flips"] == row["variants"] == sum(kind["flips"] for kind in row["kind"].values())
    assert 0 < row["to_another_answer"] < row["flips"]
    assert "was: answer a" in (folder / "flips.yml").read_text(encoding="utf-8")


def test_the_same_variants_every_time() -> None:
    asked: list[list[str]] = [[], []]
    for texts in asked:
        spelling.section([LOAN, AGRA, RATION], lambda text, texts=texts: texts.append(text) or "unknown")  # type: ignore[misc]
    assert asked[0] == asked[1]
    assert len(asked[0]) > 6


def test_what_would_be_done_is_one_word() -> None:
    hits = (Hit("a", 0.9), Hit("b", 0.1))
    assert spelling.label(Result("answer", hits[:1], "en")) == "answer a"
    assert spelling.label(Result("choices", hits, "en")) == "choices"
    assert spelling.label(DistrictQuestion("products", ("agra", "banda"))) == "answer products agra banda"


def test_a_probability_that_means_what_it_says_has_no_error() -> None:
    honest = [Guess(LOAN, "mm-how-much" if n < 8 else "mm-what", 0.8) for n in range(10)]
    assert calibration.error(calibration.bins(honest)) == pytest.approx(0.0)


def test_the_error_is_weighted_by_how_many() -> None:
    sure, unsure = Guess(LOAN, "mm-what", 1.0), Guess(LOAN, "mm-example", 0.5)
    found = calibration.bins([sure, unsure, unsure, unsure])
    assert [one.n for one in found] == [0, 0, 0, 0, 0, 3, 0, 0, 0, 1]
    assert calibration.error(found) == pytest.approx((3 * 0.5 + 1 * 1.0) / 4)


def test_out_of_scope_is_a_right_guess_where_it_is_expected() -> None:
    assert Guess(RATION, "out-of-scope", 0.7).right
    assert not Guess(RATION, "mm-what", 0.7).right
    assert not Guess(AGRA, "out-of-scope", 0.7).right


def test_the_reliability_table_has_a_column_a_language_and_a_figure(folder: Path) -> None:
    found = calibration.section([Guess(LOAN, "mm-what", 0.95)] * 6, folder / "calibration.svg")
    told = "6 · 0.95 · 0.0 % (0.0–39.0)"
    assert rows(found.body, "probability")["0.9–1.0"] == ["–", told, "–", told]
    assert found.figures["hi-Latn"]["expected_calibration_error"] == pytest.approx(0.95)
    assert "<svg" in (folder / "calibration.svg").read_text(encoding="utf-8")


def test_the_figure_is_the_same_for_the_same_points(folder: Path) -> None:
    drawn = []
    for _ in range(2):
        plot.draw({"en": [(0.5, 0.5, 10), (0.9, 0.8, 3)]}, folder / "figure.svg")
        drawn.append((folder / "figure.svg").read_text(encoding="utf-8"))
    assert drawn[0] == drawn[1]


def test_confusions_are_counted_with_examples() -> None:
    guesses = [Guess(LOAN, "mm-what", 0.4)] * 2 + [Guess(AGRA, "odop-what", 0.9), Guess(LOAN, "mm-example", 0.9)]
    found = confusions.section(guesses, scores.judge_all([(LOAN, CHOICES), (AGRA, WRONG)]))
    first, second = found.figures["confusions"]
    assert (first["expected"], first["first"], first["count"], first["answered"]) == (
        "mm-example, mm-how-much",
        "mm-what",
        2,
        0,
    )
    assert (second["expected"], second["answered"]) == ("districts: agra", 1)
    assert first["examples"] == ["loan kitna (0.40)", "loan kitna (0.40)"]


def test_times_are_told_by_stage_with_their_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    stages = ("language", "names", "district rules", "retrieval", "all")
    rounds = [{stage: [factor * 1.0, factor * 2.0, factor * 3.0] for stage in stages} for factor in (1, 2)]
    memory = {"retrieval": 200.4, "retrieval and names": 400.0}
    monkeypatch.setattr(timing, "_measure", lambda rounds_: {"resident_mb": memory, "rounds": rounds})
    found = timing.section(2)
    assert rows(found.body, "stage")["all"] == ["3.0 (2.0–4.0)", "4.5 (3.0–6.0)"]
    assert "retrieval 200 MB" in found.body
