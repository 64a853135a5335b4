"""Fits the weights of the second look; needed when calibrating, not when serving."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from knowledge.retrieval.neighbours import Weights

Floats = npt.NDArray[np.float64]
_REGULARISATION = 1e-3


def fit(cases: Sequence[tuple[Floats, int]]) -> Weights:
    """Maximum likelihood of the right candidate; a case is (features of its candidates, place of the right one)."""
    all_features = np.concatenate([features for features, _ in cases])
    mean, spread = all_features.mean(axis=0), all_features.std(axis=0) + 1e-9
    scaled = [((features - mean) / spread, right) for features, right in cases]
    found = minimize(_loss, np.zeros(all_features.shape[1]), args=(scaled,), jac=True, method="L-BFGS-B")
    return Weights(*(found.x / spread).tolist())


def _loss(weights: Floats, cases: Sequence[tuple[Floats, int]]) -> tuple[float, Floats]:
    """(loss, its slope) over all cases."""
    loss, slope = _REGULARISATION * float(weights @ weights), 2 * _REGULARISATION * weights
    for features, right in cases:
        score = features @ weights
        raised = np.exp(score - score.max())
        shares = raised / raised.sum()
        loss -= float(np.log(shares[right] + 1e-12)) / len(cases)
        slope = slope + (features.T @ shares - features[right]) / len(cases)
    return loss, slope
