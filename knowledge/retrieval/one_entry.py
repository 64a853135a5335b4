"""The index with the questions of one entry changed, in seconds: for a test run, not for serving.

The whole index takes minutes to fit. Here only the entry's own row of the head is moved, by as much as fitting it on
the changed questions differs from fitting it on the old ones, all other rows standing still; what lies near a message
is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit, logsumexp

from knowledge.encoder.serve import Vectors
from knowledge.retrieval.balance import REGULARISATION, weights
from knowledge.retrieval.features import Spot
from knowledge.retrieval.head import Head
from knowledge.retrieval.neighbours import Neighbours, Places
from knowledge.retrieval.packed import packed, unpacked
from knowledge.retrieval.sounds import Sounds

_STEPS = 60
Floats = npt.NDArray[np.float64]
Index = tuple[Head, Neighbours]


def with_answer(index: Index, name: str, told: Vectors) -> Index:
    """Only what the entry says is another: `told` as in Neighbours.answers."""
    head, near = _with_place(index, name)
    answers = near.answers.copy()
    answers[head.labels.index(name)] = packed(told)
    return head, replace(near, answers=answers)


def with_questions(index: Index, name: str, spots: Sequence[Spot]) -> Index:
    """The entry's questions are at these spots instead of where they were."""
    head, before = _with_place(index, name)
    place = head.labels.index(name)
    after = _replaced(before, place, spots)
    grams = np.union1d(_grams(before, place), _grams(after, place))
    moved = _Row(head, after, place, grams).moved()
    if before.starts[place] < before.starts[place + 1]:  # what fitting would move without any change is taken off
        moved = moved - _Row(head, before, place, grams).moved()
    return _moved(head, place, grams, moved), after


def _with_place(index: Index, name: str) -> Index:
    """A new entry comes last, with no questions and nothing that speaks for it."""
    head, near = index
    if name in head.labels:
        return index
    lowest = np.append(head.bias, head.bias.min()).astype(np.float32)
    nothing = np.zeros((1, head.meaning_weights.shape[1]), np.float32)
    silent = np.zeros((head.sound_weights.shape[0], 1), np.float16)
    return replace(
        head, labels=[*head.labels, name], bias=lowest,
        meaning_weights=np.vstack([head.meaning_weights, nothing]),
        sound_weights=np.hstack([head.sound_weights, silent]),
    ), replace(
        near, starts=np.append(near.starts, near.starts[-1]),
        answers=np.concatenate([near.answers, np.zeros_like(near.answers[:1])]),
    )  # fmt: skip


def _replaced(near: Neighbours, place: int, spots: Sequence[Spot]) -> Neighbours:
    first, last = int(near.starts[place]), int(near.starts[place + 1])
    mine = packed(np.stack([spot.here for spot in spots]))
    starts = near.starts.copy()
    starts[place + 1 :] += len(spots) - (last - first)
    return replace(
        near,
        questions=np.concatenate([near.questions[:first], mine, near.questions[last:]]),
        starts=starts,
        sounds=_heard(near.sounds, first, last, Sounds.of([spot.heard for spot in spots], near.sounds.kinds)),
    )


def _heard(sounds: Sounds, first: int, last: int, mine: Sounds) -> Sounds:
    begin, end = int(sounds.starts[first]), int(sounds.starts[last])
    grams = np.concatenate([sounds.grams[:begin], mine.grams, sounds.grams[end:]])
    loud = np.concatenate([sounds.weights[:begin], mine.weights, sounds.weights[end:]])
    moved = int(mine.starts[-1]) - (end - begin)
    starts = np.concatenate([sounds.starts[:first], mine.starts[:-1] + begin, sounds.starts[last:] + moved])
    return Sounds(grams, loud, starts.astype(np.int32), sounds.kinds)


@dataclass
class _Row:
    """One row of the head over the index's questions, all other rows standing still: logistic regression.

    `grams`: those whose weights may move; the entry's own are enough.
    """

    head: Head
    near: Neighbours
    place: int
    grams: Places

    def __post_init__(self) -> None:
        head, place = self.head, self.place
        counts = np.diff(self.near.starts)
        labels = np.repeat(np.arange(len(counts)), counts)
        self._mine, self._counts = labels == place, weights([head.labels[i] for i in labels])
        self._meanings = unpacked(self.near.questions)
        sounds = _table(self.near.sounds, len(labels))
        score = self._meanings @ head.meaning_weights.T + sounds @ head.sound_weights.astype(np.float32) + head.bias
        self._sounds = sounds[:, self.grams]
        # How much more speaks for this row than for all others together.
        self._score = score[:, place] - logsumexp(np.delete(score, place, axis=1), axis=1)
        self._held = np.concatenate([head.meaning_weights[place], head.sound_weights[self.grams, place]])

    def moved(self) -> Floats:
        """By how much fitting moves (bias, weights of the meaning, weights of the sound)."""
        begin = np.zeros(1 + len(self._held))
        found = minimize(self._loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
        best: Floats = found.x
        return best

    def _loss(self, move: Floats) -> tuple[float, Floats]:
        bias, meaning, sound = _parts(move.astype(np.float32), self._meanings.shape[1])
        score = self._score + bias + self._meanings @ meaning + self._sounds @ sound
        loss = np.logaddexp(0, np.where(self._mine, -score, score)) @ self._counts
        slope = ((expit(score) - self._mine) * self._counts).astype(np.float32)
        held = np.concatenate([[0.0], self._held + move[1:]]) / REGULARISATION
        by_part = [[slope.sum()], slope @ self._meanings, self._sounds.T @ slope]
        return float(loss + held @ held * REGULARISATION / 2), np.concatenate(by_part) + held


def _table(sounds: Sounds, texts: int) -> Any:
    """(texts, n-grams); SciPy is not typed."""
    return csr_matrix((unpacked(sounds.weights), sounds.grams, sounds.starts), shape=(texts, sounds.kinds))


def _grams(near: Neighbours, place: int) -> Places:
    first, last = near.sounds.starts[near.starts[place : place + 2]]
    return near.sounds.grams[first:last]


def _parts(row: Any, size: int) -> tuple[float, Any, Any]:
    return float(row[0]), row[1 : size + 1], row[size + 1 :]


def _moved(head: Head, place: int, grams: Places, by: Floats) -> Head:
    bias, meaning, sound = _parts(by, head.meaning_weights.shape[1])
    biases, meanings, sounds = head.bias.copy(), head.meaning_weights.copy(), head.sound_weights.copy()
    biases[place] += bias
    meanings[place] += meaning
    sounds[grams, place] = sounds[grams, place] + sound
    return replace(head, bias=biases, meaning_weights=meanings, sound_weights=sounds)
