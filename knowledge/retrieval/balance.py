"""How much each question counts where the head is fitted, and how strongly its weights are held back."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.retrieval.questions import OUT_OF_SCOPE

REGULARISATION = 30.0
_STRANGE = 1.5  # weight of what is out of scope: so much, and so varied, that no few words stand for it


def weights(entries: Sequence[str]) -> npt.NDArray[np.float64]:
    """Of each question: those of an entry with many count less, so that the commonest do not swallow the rest."""
    names, places, counts = np.unique(np.array(entries), return_inverse=True, return_counts=True)
    weights = np.sqrt(counts.mean() / counts)
    weights[names == OUT_OF_SCOPE] = _STRANGE
    found: npt.NDArray[np.float64] = weights[places]
    return found
