"""Trains the encoder's upper layers on a training file, then fits the pair of heads on the new vectors.

Each class has a vector that starts at the mean of its texts; the loss is the cross-entropy of the cosines
with all of them. Texts are drawn so that a class counts with the root of its size.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from benchmarks.public import heads
from benchmarks.public.heads import SEED, Predict
from benchmarks.public.material import Material
from benchmarks.public.upper import Cut, States, Upper, padded
from knowledge.encoder.serve import Vectors

_EPOCHS, _BATCH, _RATE, _CLASS_RATE = 6, 32, 1e-4, 2e-3
_SHARPNESS = 10.0  # of the cosines
_WARM_UP = 0.1  # of the steps


def _vectors(upper: Upper, states: States) -> Vectors:
    upper.eval()
    order = sorted(range(len(states)), key=lambda i: len(states[i]))
    found = np.zeros((len(states), states[0].shape[-1]), dtype=np.float32)
    with torch.no_grad():
        for start in range(0, len(order), 128):
            batch = order[start : start + 128]
            found[batch] = upper(*padded([states[i] for i in batch])).numpy()
    return found


def _rate(step: int, steps: int) -> float:
    """Up during the first tenth, then down to zero."""
    return min((step + 1) / (_WARM_UP * steps), (steps - step) / ((1 - _WARM_UP) * steps))


class _Tuned:
    """One training of the upper layers."""

    def __init__(self, cut: Cut, states: States, classes: Sequence[int]) -> None:
        torch.manual_seed(SEED)
        self.upper, self._states = cut.upper(), states
        self._classes = torch.tensor(classes)
        vectors = torch.tensor(_vectors(self.upper, states))
        self._mean = vectors.mean(0)
        mine = [self._classes == c for c in range(max(classes) + 1)]
        self._centres = nn.Parameter(torch.stack([vectors[one].mean(0) - self._mean for one in mine]))

    def loss(self, batch: Sequence[int]) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            vectors = self.upper(*padded([self._states[i] for i in batch]))
        moved = functional.normalize(vectors - self._mean, dim=-1)
        cosines = moved @ functional.normalize(self._centres, dim=-1).T
        return functional.cross_entropy(_SHARPNESS * cosines, self._classes[list(batch)])

    def train(self) -> None:
        sizes = torch.bincount(self._classes).float()
        chance = np.random.default_rng(SEED)
        share = (1 / sizes.sqrt())[self._classes].numpy().astype(np.float64)
        steps = -(-len(self._states) // _BATCH) * _EPOCHS
        groups = [
            {"params": list(self.upper.parameters()), "lr": _RATE},
            {"params": [self._centres], "lr": _CLASS_RATE},
        ]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
        self.upper.train()
        for _ in tqdm(range(steps), desc="tuning", unit="step", leave=False):
            self._step(chance.choice(len(share), _BATCH, p=share / share.sum()).tolist(), optimiser)
            schedule.step()

    def _step(self, batch: Sequence[int], optimiser: torch.optim.Optimizer) -> None:
        optimiser.zero_grad()
        self.loss(batch).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.upper.parameters(), 1.0)
        optimiser.step()


class Tuning:
    """A way to fit, like those of `heads`; the lower layers' work is kept from one fit to the next."""

    def __init__(self, threads: int = 1) -> None:
        torch.set_num_threads(threads)
        self._cut = Cut()

    def _states(self, material: Material) -> States:
        return self._cut.states([one.hindi for one in material.read])

    def __call__(self, material: Material, labels: Sequence[str], strangers: Material) -> Predict:
        names, states = sorted(set(labels)), self._states(material)
        tuned = _Tuned(self._cut, states, [names.index(label) for label in labels])
        tuned.train()

        def tuned_to(other: Material) -> Material:
            return other.with_meaning(_vectors(tuned.upper, self._states(other)))

        predict = heads.pair(tuned_to(material), labels, tuned_to(strangers))
        return lambda new: predict(tuned_to(new))
