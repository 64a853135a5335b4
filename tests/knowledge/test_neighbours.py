"""The second look: how near a message lies to the questions and answers of the best candidates."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import NotBuiltError
from knowledge.retrieval import weigh
from knowledge.retrieval.features import Heard, Spot
from knowledge.retrieval.neighbours import CANDIDATES, Neighbours, Weights, candidates, weighed
from knowledge.retrieval.packed import packed, unpacked

LABELS = ["fair", "kit", "loan", "out-of-scope"]
ENTRIES = ["loan", "kit", "loan", "fair", "out-of-scope"]
VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0], [0, -1]], np.float32)
GRAMS = 3
NOTHING: Heard = (np.array([], np.int64), np.array([], np.float32))
ANSWERS = {
    "loan": np.array([[1, 0], [0.8, 0.6]], np.float32), "kit": np.array([[0, 1], [0, 1]], np.float32),
    "fair": np.array([[-1, 0], [0, 1]], np.float32),
}  # fmt: skip


def heard(*grams: int) -> Heard:
    """A text of these n-grams, all of one weight."""
    return np.array(grams, np.int64), np.full(len(grams), len(grams) ** -0.5, np.float32)


# The second question about a loan sounds like nothing that is known.
SPOTS = [Spot(v, h) for v, h in zip(VECTORS, [heard(0), heard(1), NOTHING, heard(0, 1), heard(2)], strict=True)]


def at(*here: float, sound: Heard = NOTHING) -> Spot:
    return Spot(np.array(here, np.float32), sound)


@pytest.fixture
def near() -> Neighbours:
    return Neighbours.of(LABELS, ENTRIES, SPOTS, GRAMS, ANSWERS)


def test_each_candidate_has_its_probability_and_how_near_its_questions_and_answer_lie(near: Neighbours) -> None:
    row = np.array([0.1, 0.2, 0.6, 0.1], np.float32)
    found = near.features(row, [2, 0], at(0, 1, sound=heard(0)))
    assert found[0] == pytest.approx([np.log(0.6), 0.8, 0.4, 0.6, 1.0], abs=1e-3)
    assert found[1] == pytest.approx([np.log(0.1), 0.0, 0.0, 1.0, 0.5**0.5], abs=1e-3)


def test_a_message_of_unknown_sounds_is_near_to_none_by_sound(near: Neighbours) -> None:
    assert (near.features(np.full(4, 0.25, np.float32), [0, 1, 2], at(0, 1))[:, 4] == 0).all()


def test_a_label_without_an_answer_lies_near_to_none(near: Neighbours) -> None:
    assert near.features(np.full(4, 0.25, np.float32), [3], at(0, 1))[0][3] == 0


def test_the_nearest_question_can_turn_the_order_round(near: Neighbours) -> None:
    row = np.array([0.05, 0.3, 0.55, 0.1], np.float32)
    assert near.reranked(row, at(0, 1), 3, Weights()).argmax() == 2
    assert near.reranked(row, at(0, 1), 3, Weights(nearest=9.0)).argmax() == 1
    assert near.reranked(row, at(0, 1, sound=heard(1)), 3, Weights(sound=9.0)).argmax() == 1


Row = npt.NDArray[np.float32]
numbers = st.lists(st.floats(0.001, 1), min_size=3, max_size=40)
rows = numbers.map(lambda found: np.array(found, np.float32) / np.float32(sum(found)))


@given(rows, st.data())
def test_candidates_are_the_likeliest_entries_without_what_is_out_of_scope(row: Row, data: st.DataObject) -> None:
    strange = data.draw(st.integers(0, len(row) - 1))
    best = candidates(row, strange)
    assert len(best) == min(CANDIDATES, len(row) - 1)
    assert strange not in best
    left = [row[i] for i in range(len(row)) if i not in best and i != strange]
    assert min(row[best]) >= max(left, default=0)


@given(rows, st.data())
def test_a_second_look_shares_out_anew_what_the_candidates_had_and_nothing_else(row: Row, data: st.DataObject) -> None:
    best = candidates(row, data.draw(st.integers(0, len(row) - 1)))
    features = np.random.default_rng(1).normal(size=(len(best), 5))
    found = weighed(row, best, features, Weights(1.0, 2.0, -1.0, 0.5, 0.3))
    others = [i for i in range(len(row)) if i not in best]
    assert found[best].sum() == pytest.approx(row[best].sum(), abs=1e-4)
    assert np.array_equal(found[others], row[others])
    assert (found >= 0).all()


@given(st.lists(st.floats(-1, 1, width=32)))
def test_packed_numbers_are_near_to_what_they_were(numbers: list[float]) -> None:
    assert np.allclose(unpacked(packed(np.array(numbers, np.float32))), numbers, atol=2e-5)


def test_neighbours_are_the_same_after_saving_and_loading(near: Neighbours, tmp_path: Path) -> None:
    near.save(tmp_path / "new" / "near.npz")
    again = Neighbours.load(tmp_path / "new" / "near.npz")
    for one, other in (
        (near.questions, again.questions),
        (near.starts, again.starts),
        (near.answers, again.answers),
        (near.sounds.grams, again.sounds.grams),
        (near.sounds.weights, again.sounds.weights),
        (near.sounds.starts, again.sounds.starts),
    ):
        assert np.array_equal(one, other)


def test_neighbours_that_are_not_built_say_how_to_build_them(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="knowledge build"):
        Neighbours.load(tmp_path / "near.npz")


def test_weights_are_found_again_from_choices_made_by_them() -> None:
    rng = np.random.default_rng(5)
    wanted = np.array([1.0, 4.0, -2.0, 0.0, 1.0])
    cases = []
    for _ in range(4000):
        features = rng.normal(size=(5, 5))
        score = features @ wanted
        shares = np.exp(score - score.max())
        cases.append((features, int(rng.choice(5, p=shares / shares.sum()))))
    assert weigh.fit(cases).array() == pytest.approx(wanted, abs=0.4)


def test_the_slope_of_the_loss_is_its_slope() -> None:
    rng = np.random.default_rng(2)
    cases = [(rng.normal(size=(4, 3)), int(rng.integers(4))) for _ in range(20)]
    here = rng.normal(size=3)
    _, slope = weigh._loss(here, cases)
    for i in range(3):
        step = np.eye(3)[i] * 1e-5
        rise = weigh._loss(here + step, cases)[0] - weigh._loss(here - step, cases)[0]
        assert slope[i] == pytest.approx(rise / 2e-5, abs=1e-5)
