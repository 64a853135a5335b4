"""XQuAD-R: reading the file, and how a ranking is judged."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.public import ranking
from benchmarks.public.pieces import Pieces
from benchmarks.public.problems import DataError
from benchmarks.public.sentences import read

PARAGRAPHS = [
    {
        "sentences": ["Agra makes shoes.", "Bhadohi makes carpets."],
        "sentence_breaks": [[0, 17], [18, 40]],
        "qas": [
            {"question": "Who makes carpets?", "answers": [{"answer_start": 18, "text": "Bhadohi"}]},
            {"question": "What does Agra make?", "answers": [{"answer_start": 11, "text": "shoes"}]},
        ],
    },
    {
        "sentences": ["कन्नौज में इत्र बनता है।"],
        "sentence_breaks": [[0, 24]],
        "qas": [{"question": "इत्र कहाँ बनता है?", "answers": [{"answer_start": 0, "text": "कन्नौज"}]}],
    },
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "en.json"
    path.write_text(json.dumps({"data": [{"paragraphs": PARAGRAPHS}]}), encoding="utf-8")
    return path


def test_all_sentences_of_all_paragraphs_are_candidates(path: Path) -> None:
    data = read(path)
    assert data.candidates == ["Agra makes shoes.", "Bhadohi makes carpets.", "कन्नौज में इत्र बनता है।"]
    assert data.paragraphs == [0, 0, 1]


def test_the_right_sentence_is_the_one_in_which_the_answer_starts(path: Path) -> None:
    assert read(path).right == [1, 0, 2]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"hi\.json"):
        read(tmp_path / "hi.json")


def test_ranks_become_shares_and_mean_reciprocal_rank() -> None:
    scores = np.array([[3, 2, 1], [3, 2, 1], [3, 2, 1]], dtype=np.float32)
    found = ranking.ranked(scores, [0, 1, 2])
    assert (found.first, found.five, found.reciprocal) == pytest.approx((1 / 3, 1, (1 + 1 / 2 + 1 / 3) / 3))


def test_equal_scores_earn_nothing() -> None:
    assert ranking.ranked(np.zeros((1, 4), dtype=np.float32), [0]).reciprocal == pytest.approx(1 / 4)


def test_sound_finds_the_same_word_in_another_script() -> None:
    scores = ranking.by_sound(["subsidy kitni hai"], ["यह ऋण है", "इस पर सब्सिडी है"])
    assert scores[0].argmax() == 1


def test_mixing_puts_parts_of_different_size_on_one_scale() -> None:
    small = np.array([[0.02, 0.01, 0.01]], dtype=np.float32)
    large = np.array([[100, 300, 100]], dtype=np.float32)
    assert ranking.mixed([(0.7, small), (0.3, large)])[0].argmax() == 0
    assert ranking.mixed([(0.3, small), (0.7, large)])[0].argmax() == 1


def _pieces(*numbers: int) -> Pieces:
    """A piece's vector is the unit vector of its number."""
    vectors = np.eye(6, dtype=np.float32)[list(numbers)]
    return Pieces(np.array(numbers), np.zeros((len(numbers), 2), dtype=np.int64), vectors, vectors.mean(axis=0))


def test_pieces_rare_among_the_questions_weigh_more() -> None:
    """Piece 0 stands in both questions, so what only one of them asks about decides."""
    candidates = [_pieces(0, 3).vectors, _pieces(1, 4).vectors, _pieces(2, 5).vectors]
    scores = ranking.by_pieces([_pieces(0, 1), _pieces(0, 2)], candidates)
    assert scores.argmax(axis=1).tolist() == [1, 2]
