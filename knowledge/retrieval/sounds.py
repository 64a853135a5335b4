"""The n-grams of many texts as plain arrays, to find how much one of them sounds like a message."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.encoder.serve import Vectors
from knowledge.retrieval.features import Heard
from knowledge.retrieval.packed import Packed, packed, unpacked


@dataclass
class Sounds:
    """The n-grams of text i are those from `starts[i]` to `starts[i + 1]`; `kinds`: how many there are to know."""

    grams: npt.NDArray[np.int32]
    weights: Packed
    starts: npt.NDArray[np.int32]
    kinds: int

    @classmethod
    def of(cls, heard: Sequence[Heard], kinds: int) -> "Sounds":
        starts = np.cumsum([0, *(len(places) for places, _ in heard)]).astype(np.int32)
        grams = np.concatenate([places for places, _ in heard]).astype(np.int32)
        return cls(grams, packed(np.concatenate([weights for _, weights in heard])), starts, kinds)

    def loud(self, heard: Heard) -> Vectors:
        """One weight for each n-gram there is."""
        found = np.zeros(self.kinds, np.float32)
        found[heard[0]] = heard[1]
        return found

    def nearest(self, first: int, last: int, loud: Vectors) -> float:
        """The greatest cosine between a message and the texts from `first` up to `last`; 0 where there are none."""
        starts = self.starts[first:last][np.diff(self.starts[first : last + 1]) > 0]
        if not len(starts):
            return 0.0
        inside = slice(starts[0], self.starts[last])
        shared = loud.take(self.grams[inside]) * unpacked(self.weights[inside])
        return float(np.add.reduceat(shared, starts - starts[0]).max())
