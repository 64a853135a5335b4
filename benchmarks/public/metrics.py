"""HINT3's figures: every out-of-scope text counts as one more class, answered below the threshold.

The paper (arXiv 2009.13833) reports accuracy on in-scope texts, recall of out-of-scope texts and, for the
whole, Matthews' correlation coefficient over all classes, each at thresholds 0.1 apart. We step by 0.01.
"""

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.public.labelled import Prediction

_RESAMPLED, _SEED = 500, 20261121
GRID = tuple(n / 100 for n in range(1, 100))


def mcc(wanted: Sequence[str], given: Sequence[str]) -> float:
    """Matthews' correlation coefficient for many classes (Gorodkin's R_K), 0 where it is undefined."""
    n = len(wanted)
    right = sum(w == g for w, g in zip(wanted, given, strict=True))
    true, said = Counter(wanted), Counter(given)
    shared = right * n - sum(true[c] * said[c] for c in true)
    spread_said = n * n - sum(k * k for k in said.values())
    spread_true = n * n - sum(k * k for k in true.values())
    return shared / math.sqrt(spread_said * spread_true) if spread_said and spread_true else 0.0


def _share(hits: int, total: int) -> float:
    return hits / total if total else 0.0


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1 at one threshold; `in_scope` of the in-scope texts, `recall` of the others."""

    threshold: float
    accuracy: float
    in_scope: float
    recall: float
    mcc: float


def figures(wanted: Sequence[str], predictions: Sequence[Prediction], threshold: float, out_of_scope: str) -> Figures:
    given = [one.at(threshold, out_of_scope) for one in predictions]
    right = [w == g for w, g in zip(wanted, given, strict=True)]
    ours = [w != out_of_scope for w in wanted]
    return Figures(
        threshold,
        _share(sum(right), len(right)),
        _share(sum(r for r, o in zip(right, ours, strict=True) if o), sum(ours)),
        _share(sum(r for r, o in zip(right, ours, strict=True) if not o), len(ours) - sum(ours)),
        mcc(wanted, given),
    )


def best(wanted: Sequence[str], predictions: Sequence[Prediction], out_of_scope: str) -> Figures:
    """The figures at the threshold with the highest MCC; the lowest such threshold."""
    return max((figures(wanted, predictions, t, out_of_scope) for t in GRID), key=lambda f: f.mcc)


def interval(
    wanted: Sequence[str], predictions: Sequence[Prediction], threshold: float, out_of_scope: str
) -> tuple[float, float]:
    """The 95 % interval of the MCC at this threshold, had other texts of the same kind been asked (bootstrap)."""
    chance = random.Random(_SEED)
    both = [(w, one.at(threshold, out_of_scope)) for w, one in zip(wanted, predictions, strict=True)]
    samples = (chance.choices(both, k=len(both)) for _ in range(_RESAMPLED))
    found = sorted(mcc([w for w, _ in sample], [g for _, g in sample]) for sample in samples)
    return found[round(0.025 * _RESAMPLED)], found[round(0.975 * _RESAMPLED) - 1]
