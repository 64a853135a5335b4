"""The trained head: one linear classifier over all entries and the class "out of scope".

Kept as plain arrays, so that serving needs neither scikit-learn nor a pickle.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.encoder.serve import Vectors
from knowledge.errors import NotBuiltError
from knowledge.retrieval.features import Read, Sound, Spot, centred

Probabilities = npt.NDArray[np.float32]


@dataclass
class Head:
    """`labels[i]` is the entry id of row i of the weights and of place i of the probabilities.

    `learnt`: the digest of the questions it was fitted on.
    """

    labels: list[str]
    means: dict[str, Vectors]
    sound: Sound
    meaning_weights: Vectors
    sound_weights: npt.NDArray[np.float16]  # by far the biggest part; half the memory, and no answer differs
    bias: Vectors
    learnt: str = ""

    def __call__(self, read: Read, meaning: Vectors) -> Probabilities:
        """The probability of each label for one message."""
        return self.at(self.spot(read, meaning))

    def at(self, spot: Spot) -> Probabilities:
        """The same for a message whose spot is known."""
        by_meaning, by_sound = self._scores(spot)
        score = self.bias + by_meaning + by_sound
        raised = np.exp(score - score.max())
        probabilities: Probabilities = raised / raised.sum()
        return probabilities

    def spot(self, read: Read, meaning: Vectors) -> Spot:
        """Where a message lies among the questions."""
        return Spot(centred(meaning, self.means[read.language]), self.sound(read.sound))

    def scores(self, read: Read, meaning: Vectors) -> tuple[Vectors, Vectors]:
        """What meaning and sound each add to the score of every label."""
        return self._scores(self.spot(read, meaning))

    def _scores(self, spot: Spot) -> tuple[Vectors, Vectors]:
        places, values = spot.heard
        by_meaning: Vectors = self.meaning_weights @ spot.here
        by_sound: Vectors = self.sound_weights[places].astype(np.float32).T @ values
        return by_meaning, by_sound

    def all(self, read: Sequence[Read], meanings: Vectors) -> Probabilities:
        """One row a message."""
        return np.stack([self(one, meaning) for one, meaning in zip(read, meanings, strict=True)])

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        grams = sorted(self.sound.columns, key=lambda gram: self.sound.columns[gram])
        about = json.dumps(
            {"labels": self.labels, "languages": list(self.means), "grams": grams, "learnt": self.learnt},
            ensure_ascii=False,
        )
        new = path.with_suffix(".new.npz")  # put in its place whole: others may be reading
        np.savez(
            new, about=np.array(about), means=np.stack(list(self.means.values())), idf=self.sound.idf,
            meaning=self.meaning_weights, sound=self.sound_weights, bias=self.bias,
        )  # fmt: skip
        new.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Head":
        if not path.exists():
            raise NotBuiltError(path)
        with np.load(path) as data:
            about = json.loads(str(data["about"]))
            means = dict(zip(about["languages"], data["means"], strict=True))
            sound = Sound({gram: i for i, gram in enumerate(about["grams"])}, data["idf"])
            weights = (data["meaning"], data["sound"], data["bias"])
            return cls(about["labels"], means, sound, *weights, learnt=about["learnt"])
