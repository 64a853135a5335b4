"""The n-grams of many texts as plain arrays, to find how much one of them sounds like a message."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.encoder.serve import Vectors
from knowledge.retrieval.features import Heard
from knowledge.retrieval.packed import ONE, Packed, packed


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

    def nearest(self, texts: Sequence[slice], loud: Vectors) -> Vectors:
        """Of each stretch of texts the greatest cosine with a message; 0 where none sounds like it. None is empty."""
        lengths = np.concatenate([np.diff(self.starts[each.start : each.stop + 1]) for each in texts])
        inside = [slice(self.starts[each.start], self.starts[each.stop]) for each in texts]
        shared = loud.take(np.concatenate([self.grams[each] for each in inside]))
        shared *= np.concatenate([self.weights[each] for each in inside])
        cosines, has_grams = np.zeros(len(lengths), np.float32), lengths > 0
        if has_grams.any():
            cosines[has_grams] = np.add.reduceat(shared, (np.cumsum(lengths) - lengths)[has_grams]) / ONE
        found: Vectors = np.maximum.reduceat(cosines, firsts(texts))
        return found


def firsts(stretches: Sequence[slice]) -> npt.NDArray[np.int64]:
    """Where each begins once they are laid end to end."""
    counts = np.array([each.stop - each.start for each in stretches])
    begun: npt.NDArray[np.int64] = np.cumsum(counts) - counts
    return begun
