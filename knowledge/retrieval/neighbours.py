"""A second look at the best candidates: how near a message lies to their questions and to their answer.

The head knows what tells entries apart, but a rare way of asking is judged best beside the questions themselves.
All is weighed by five numbers, fitted on questions that neither has seen (`python -m knowledge calibrate`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.encoder.serve import Vectors
from knowledge.errors import NotBuiltError
from knowledge.retrieval.features import Spot
from knowledge.retrieval.head import Probabilities
from knowledge.retrieval.packed import ONE, Packed, packed, unpacked
from knowledge.retrieval.sounds import Sounds, firsts

CANDIDATES = 24
_LEAST = 1e-9
Places = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Weights:
    """What counts how much: the head's log probability, three cosines of meaning and one of sound."""

    head: float = 1.0
    nearest: float = 0.0
    mean: float = 0.0
    answer: float = 0.0
    sound: float = 0.0

    def array(self) -> npt.NDArray[np.float64]:
        return np.array([self.head, self.nearest, self.mean, self.answer, self.sound])


@dataclass
class Neighbours:
    """Centred vectors of all questions, sorted by label; those of label i are `starts[i]:starts[i + 1]`.

    `sounds` are the same questions' n-grams; `answers[i]` the vectors of the answer of label i in each language,
    zero where it has none. Vectors are packed.
    """

    questions: Packed
    starts: Places
    answers: Packed
    sounds: Sounds

    @classmethod
    def of(
        cls,
        labels: Sequence[str],
        entries: Sequence[str],
        spots: Sequence[Spot],
        kinds: int,
        answers: dict[str, Vectors],
    ) -> "Neighbours":
        """`entries[i]` is what the question at `spots[i]` asks for; `kinds`: how many n-grams there are.

        `answers` by entry, of shape (languages, dimensions).
        """
        place = {label: i for i, label in enumerate(labels)}
        mine = np.array([place[entry] for entry in entries])
        order = np.argsort(mine, kind="stable")
        starts = np.searchsorted(mine[order], np.arange(len(labels) + 1)).astype(np.int32)
        nothing = np.zeros_like(next(iter(answers.values())))
        told = np.stack([answers.get(label, nothing) for label in labels])
        questions = packed(np.stack([spots[i].here for i in order]))
        return cls(questions, starts, packed(told), Sounds.of([spots[i].heard for i in order], kinds))

    def features(self, row: Probabilities, candidates: Sequence[int], spot: Spot) -> npt.NDArray[np.float64]:
        """(candidates, 5): what `Weights` weighs."""
        texts = [slice(int(self.starts[i]), int(self.starts[i + 1])) for i in candidates]
        near = np.concatenate([self.questions[each].astype(np.float32) @ spot.here for each in texts]) / ONE
        begun, counts = firsts(texts), [each.stop - each.start for each in texts]
        told = unpacked(self.answers[list(candidates)]) @ spot.here
        sound = self.sounds.nearest(texts, self.sounds.loud(spot.heard))
        nearest, mean = np.maximum.reduceat(near, begun), np.add.reduceat(near, begun) / counts
        found = (np.log(row[list(candidates)] + _LEAST), nearest, mean, told.max(axis=1), sound)
        return np.stack(found, axis=1).astype(np.float64)

    def reranked(self, row: Probabilities, spot: Spot, strange: int, weights: Weights) -> Probabilities:
        """The row with its best candidates weighed anew; what is out of scope (label `strange`) stays as likely."""
        best = candidates(row, strange)
        return weighed(row, best, self.features(row, best, spot), weights)

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new.npz")
        np.savez(
            new, questions=self.questions, starts=self.starts, answers=self.answers, grams=self.sounds.grams,
            weights=self.sounds.weights, texts=self.sounds.starts, kinds=np.array(self.sounds.kinds),
        )  # fmt: skip
        new.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Neighbours":
        if not path.exists():
            raise NotBuiltError(path)
        with np.load(path) as data:
            sounds = Sounds(data["grams"], data["weights"], data["texts"], int(data["kinds"]))
            return cls(data["questions"], data["starts"], data["answers"], sounds)


def candidates(row: Probabilities, strange: int) -> list[int]:
    """Places of the likeliest entries."""
    best = [int(i) for i in np.argsort(-row)[: CANDIDATES + 1]]
    return [i for i in best if i != strange][:CANDIDATES]


def weighed(row: Probabilities, best: list[int], features: npt.NDArray[np.float64], weights: Weights) -> Probabilities:
    """Shares out anew what the head gave the candidates together; where that was little, nothing is likely."""
    score = features @ weights.array()
    raised = np.exp(score - score.max())
    found = row.copy()
    found[best] = raised / raised.sum() * row[best].sum()
    return found
