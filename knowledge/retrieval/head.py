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
from knowledge.retrieval.features import Sound, centred

Probabilities = npt.NDArray[np.float32]


@dataclass
class Head:
    """`labels[i]` is the entry id of row i of the weights and of place i of the probabilities."""

    labels: list[str]
    means: dict[str, Vectors]
    sound: Sound
    meaning_weights: Vectors
    sound_weights: Vectors
    bias: Vectors

    def __call__(self, text: str, language: str, meaning: Vectors) -> Probabilities:
        """The probability of each label for one message."""
        places, values = self.sound(text)
        score = self.bias + self.meaning_weights @ centred(meaning, self.means[language])
        score = score + self.sound_weights[places].T @ values
        raised = np.exp(score - score.max())
        probabilities: Probabilities = raised / raised.sum()
        return probabilities

    def all(self, texts: Sequence[str], languages: Sequence[str], meanings: Vectors) -> Probabilities:
        """One row a message."""
        return np.stack([self(t, code, m) for t, code, m in zip(texts, languages, meanings, strict=True)])

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        grams = sorted(self.sound.columns, key=lambda gram: self.sound.columns[gram])
        about = json.dumps({"labels": self.labels, "languages": list(self.means), "grams": grams}, ensure_ascii=False)
        np.savez(
            path, about=np.array(about), means=np.stack(list(self.means.values())), idf=self.sound.idf,
            meaning=self.meaning_weights, sound=self.sound_weights, bias=self.bias,
        )  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> "Head":
        if not path.exists():
            raise NotBuiltError(path)
        with np.load(path) as data:
            about = json.loads(str(data["about"]))
            means = dict(zip(about["languages"], data["means"], strict=True))
            sound = Sound({gram: i for i, gram in enumerate(about["grams"])}, data["idf"])
            return cls(about["labels"], means, sound, data["meaning"], data["sound"], data["bias"])
