"""Making the index: texts are encoded once, and the head is fitted again only when its questions change."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder.serve import Vectors
from knowledge.entries_loader import Library
from knowledge.retrieval import questions, train
from knowledge.retrieval.features import Read, Sound
from knowledge.retrieval.head import Head
from knowledge.retrieval.packed import unpacked
from knowledge.retrieval.questions import OUT_OF_SCOPE, Question
from knowledge.retrieval.train import Material

NOTHING = Library({}, {})


class CountingEncoder:
    """Encodes a text as a fixed vector and notes it."""

    def __init__(self, identity: str = "one") -> None:
        self.identity = identity
        self.read: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        return np.array([[len(t), len(self.identity)] for t in texts], dtype=np.float32)


def reads(*texts: str) -> list[Read]:
    return [Read("en", text, text) for text in texts]


def meanings(read: list[Read], encoder: CountingEncoder, cache: Path) -> Vectors:
    return train.meanings(read, encoder, cache)  # type: ignore[arg-type]


def test_only_new_texts_are_read_by_the_encoder(tmp_path: Path) -> None:
    asked = reads(*(f"question {i}" for i in range(300)))
    encoder = CountingEncoder()
    first = meanings(asked, encoder, tmp_path / "new" / "cache.npz")
    assert len(encoder.read) == 300
    encoder.read.clear()
    changed = [*reads("another one"), *reversed(asked[:299])]
    second = meanings(changed, encoder, tmp_path / "new" / "cache.npz")
    assert encoder.read == ["another one"]
    assert (second[1:] == first[:299][::-1]).all()


def test_the_same_text_is_read_once_whatever_its_language_and_sound(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    found = meanings([Read("en", "bank", "bank"), Read("hi-Latn", "bank", "baink")], encoder, tmp_path / "cache.npz")
    assert encoder.read == ["bank"]
    assert found.tolist() == [[4.0, 3.0], [4.0, 3.0]]


def test_a_text_read_in_other_letters_is_new(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    meanings([Read("hi-Latn", "bank", "bank")], encoder, tmp_path / "cache.npz")
    meanings([Read("hi-Latn", "बैंक", "bank")], encoder, tmp_path / "cache.npz")
    assert encoder.read == ["bank", "बैंक"]


def test_another_encoder_reads_everything_again(tmp_path: Path) -> None:
    meanings(reads("bank", "loan"), CountingEncoder("one"), tmp_path / "cache.npz")
    other = CountingEncoder("another")
    assert meanings(reads("bank", "loan"), other, tmp_path / "cache.npz").tolist() == [[4.0, 7.0], [4.0, 7.0]]
    assert other.read == ["bank", "loan"]


def test_texts_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    for texts in (("a", "b"), ("a",), ("a", "b")):
        meanings(reads(*texts), encoder, tmp_path / "cache.npz")
    assert encoder.read == ["a", "b", "b"]


def some_material() -> Material:
    asked = [Question(f"{word} {i}", code, word) for word in ("loan", "kit", OUT_OF_SCOPE)
             for code in ("hi", "hi-Latn", "en") for i in range(4)]  # fmt: skip
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(len(asked), 6)).astype(np.float32)
    answers = {word: rng.normal(size=(3, 6)).astype(np.float32) for word in ("loan", "kit")}
    return Material(asked, [Read(q.language, q.text, q.text) for q in asked], vectors, answers)


def test_the_index_of_some_questions_knows_these_only() -> None:
    of = some_material()
    places = [i for i in range(len(of.asked)) if i % 4]
    head, near = train.index(of, places)
    assert head.labels == ["kit", "loan", OUT_OF_SCOPE]
    assert near.starts.tolist() == [0, 9, 18, 27]
    assert np.allclose(np.linalg.norm(unpacked(near.questions), axis=1), 1, atol=1e-3)
    assert near.answers.shape == (3, 3, 6)
    assert not near.answers[head.labels.index(OUT_OF_SCOPE)].any()


def test_training_saves_head_and_neighbours_with_what_they_learnt_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "material", lambda _: some_material())
    monkeypatch.setattr(train, "WORDS", tmp_path / "words.json")
    monkeypatch.setattr(questions, "digest", lambda _: "abc")
    monkeypatch.setattr(train, "HEAD", tmp_path / "head.npz")
    monkeypatch.setattr(train, "NEAR", tmp_path / "near.npz")
    assert train.train(NOTHING).learnt == "abc"
    assert Head.load(tmp_path / "head.npz").learnt == "abc"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["head.npz", "near.npz", "words.json"]


def a_head(learnt: str) -> Head:
    nothing = np.zeros((1, 1), np.float32)
    means = {"en": np.zeros(1, np.float32)}
    return Head(["a"], means, Sound({"a": 0}, np.ones(1, np.float32)), nothing, nothing, nothing[0], learnt)


@pytest.fixture
def trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Digests the head was trained on; training takes a moment."""
    done: list[str] = []

    def make(_: Library) -> None:
        time.sleep(0.05)
        done.append(questions.digest(NOTHING))
        a_head(done[-1]).save(tmp_path / "index" / "head.npz")

    monkeypatch.setattr(train, "train", make)
    monkeypatch.setattr(questions, "digest", lambda _: "first")
    return done


def test_the_head_is_fitted_where_there_is_none_and_not_again(trained: list[str], tmp_path: Path) -> None:
    path = tmp_path / "index" / "head.npz"
    assert [train.learn(NOTHING, path) for _ in range(3)] == [True, False, False]
    assert trained == ["first"]


def test_the_head_is_fitted_again_when_the_questions_change(
    trained: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "index" / "head.npz"
    train.learn(NOTHING, path)
    monkeypatch.setattr(questions, "digest", lambda _: "second")
    assert train.learn(NOTHING, path)
    assert not train.learn(NOTHING, path)
    assert trained == ["first", "second"]


def test_of_many_who_learn_at_once_one_does_the_work(trained: list[str], tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: train.learn(NOTHING, tmp_path / "index" / "head.npz"), range(8)))
    assert sorted(found) == [False] * 7 + [True]
    assert trained == ["first"]


def test_learning_that_fails_leaves_the_work_to_the_next(
    trained: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Library) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(train, "train", fail)
        with pytest.raises(OSError, match="no space"):
            train.learn(NOTHING, tmp_path / "index" / "head.npz")
    assert train.learn(NOTHING, tmp_path / "index" / "head.npz")
