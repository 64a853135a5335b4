"""A threshold chosen on the training file alone: some classes are left out and play what is out of scope.

Each split leaves a quarter of the classes out of training. Of the other classes 70 % of the texts train
and 30 % are asked. The threshold with the best mean MCC over the splits is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from benchmarks.public.heads import SEED, Fit
from benchmarks.public.labelled import Prediction
from benchmarks.public.material import Material
from benchmarks.public.metrics import GRID, figures

SPLITS = 3
_LEFT_OUT, _TRAINED_ON = 0.25, 0.7


@dataclass(frozen=True)
class Split:
    """Places of the texts to train on and of those to ask; `outside` are the classes left out."""

    training: list[int]
    asked: list[int]
    outside: frozenset[str]


def split(labels: Sequence[str], seed: int) -> Split:
    chance = np.random.default_rng(seed)
    classes = sorted(set(labels))
    many = max(1, round(_LEFT_OUT * len(classes)))
    outside = frozenset(str(name) for name in chance.choice(classes, many, replace=False))
    training: list[int] = []
    asked = [i for i, label in enumerate(labels) if label in outside]
    for name in classes:
        if name not in outside:
            mine = chance.permutation([i for i, label in enumerate(labels) if label == name]).tolist()
            kept = max(1, round(_TRAINED_ON * len(mine)))
            training += mine[:kept]
            asked += mine[kept:]
    return Split(training, asked, outside)


def threshold(
    material: Material, labels: Sequence[str], strangers: Material, fit: Fit, out_of_scope: str, splits: int = SPLITS
) -> float:
    """The best of the grid on the average of the splits; the lowest of equals."""
    total = np.zeros(len(GRID))
    for n in tqdm(range(splits), desc="choosing the threshold", unit="split", leave=False):
        one = split(labels, SEED + n)
        predict = fit(material.take(one.training), [labels[i] for i in one.training], strangers)
        wanted = [out_of_scope if labels[i] in one.outside else labels[i] for i in one.asked]
        total += _mccs(wanted, predict(material.take(one.asked)), out_of_scope)
    return GRID[int(total.argmax())]


def _mccs(wanted: Sequence[str], predictions: Sequence[Prediction], out_of_scope: str) -> list[float]:
    return [figures(wanted, predictions, t, out_of_scope).mcc for t in GRID]
