"""What was said before moves what a message may mean, and never what is sure by itself."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries_loader import load
from knowledge.retrieval.before import likelier, subject, together

LABELS = ["toolkit-what", "toolkit-training-days", "mm-how-much", "out-of-scope"]
SHARES = st.lists(st.floats(0.001, 1), min_size=4, max_size=4)


def _probabilities(shares: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(shares, dtype=np.float32) / np.float32(sum(shares))


@given(SHARES, SHARES)
def test_what_is_out_of_scope_stays_as_likely_and_all_are_one(alone: list[float], joined: list[float]) -> None:
    one, other = _probabilities(alone), _probabilities(joined)
    found = together(one, other, np.ones(4, dtype=np.float32), strange=3)
    assert found[3] == one[3]
    assert abs(float(found.sum()) - 1) < 1e-3


def test_two_readings_that_agree_are_surer_than_one() -> None:
    alone, joined = _probabilities([0.5, 0.4, 0.05, 0.05]), _probabilities([0.9, 0.05, 0.03, 0.02])
    assert together(alone, joined, np.ones(4, dtype=np.float32), strange=3)[0] > alone[0]


def test_the_subject_of_the_last_answer_and_what_follows_on_it_are_likelier() -> None:
    entries = load().entries
    last = entries["toolkit-what"]
    labels = [*LABELS, last.follow_ups[0]]
    weights = dict(zip(labels, likelier(labels, entries, "toolkit-what"), strict=True))
    assert weights[last.follow_ups[0]] > weights["mm-how-much"] == weights["out-of-scope"] == 1
    assert weights["toolkit-training-days"] > 1
    assert subject(entries, "toolkit-training-days") == subject(entries, last.id)


def test_without_a_last_answer_nothing_is_likelier() -> None:
    assert set(likelier(LABELS, load().entries, "gone")) == {1}
