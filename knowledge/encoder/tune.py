"""Tunes the encoder on our own questions: `make encoder`. Seeded; minutes on two cores, seconds on a GPU.

Questions with the same answer are pulled together across languages and spellings, and pushed away from
questions with other answers and from what is out of scope (multiple negatives ranking, both directions).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.numpy import save_file
from tqdm import tqdm

from knowledge.encoder import build, network, vocabulary
from knowledge.encoder.pairs import Pair, batches, pairs
from knowledge.encoder.weights import read, wheel_file
from knowledge.errors import KnowledgeError
from knowledge.paths import TUNED
from knowledge.retrieval.questions import OUT_OF_SCOPE

_PIECES = 48
_STRANGERS = 16  # texts out of scope beside each batch


@dataclass(frozen=True)
class Plan:
    """How to tune. `batch`: pairs at once; `scale`: how sharply near misses are told apart."""

    epochs: int = 2
    batch: int = 64
    rate: float = 5e-5
    scale: float = 20.0
    seed: int = 20261121


class _Tuner:
    def __init__(self, plan: Plan, steps: int) -> None:
        self.plan, self.steps = plan, steps
        self.weights = build.prune(read(wheel_file()))
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.model = network.network(self.weights).to(self.device)
        self.tokenizer = vocabulary.tokenizer(self.weights.pieces)
        self.tokenizer.enable_truncation(_PIECES)
        self.tokenizer.enable_padding(pad_id=1, pad_token="<pad>")
        learned = [p for p in self.model.parameters() if p.requires_grad]
        self.optimiser = torch.optim.AdamW(learned, lr=plan.rate, weight_decay=0.01)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, self._rate)

    def _rate(self, step: int) -> float:
        """Rises over the first twenty steps, then falls to a twentieth."""
        return min(1.0, (step + 1) / 20) * max(0.05, 1 - step / self.steps)

    def _vectors(self, texts: Sequence[str]) -> torch.Tensor:
        encoded = self.tokenizer.encode_batch([build.PREFIX + text for text in texts])
        ids = torch.tensor([one.ids for one in encoded], device=self.device)
        mask = torch.tensor([one.attention_mask for one in encoded], device=self.device)
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=_fast_half(self.device)):
            return network.embed(self.model, ids, mask)

    def step(self, batch: Sequence[Pair], strangers: Sequence[str]) -> float:
        """One step of learning; returns the loss."""
        size = len(batch)
        vectors = self._vectors([p.one for p in batch] + [p.other for p in batch] + list(strangers))
        loss = _loss(vectors[:size], vectors[size : 2 * size], vectors[2 * size :], self.plan.scale)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.optimiser.zero_grad()
        return float(loss.detach())


def _fast_half(device: str) -> bool:
    """Half precision pays on a GPU and on processors with matrix units for it."""
    flags = Path("/proc/cpuinfo")
    return device == "cuda" or (flags.exists() and "amx_bf16" in flags.read_text(encoding="utf-8"))


def _loss(ones: torch.Tensor, others: torch.Tensor, strangers: torch.Tensor, scale: float) -> torch.Tensor:
    """Each vector must find its partner among all partners and strangers."""
    right = torch.arange(len(ones), device=ones.device)
    there = torch.cat([ones @ others.T, ones @ strangers.T], dim=1) * scale
    back = torch.cat([others @ ones.T, others @ strangers.T], dim=1) * scale
    cross_entropy = torch.nn.functional.cross_entropy
    return (cross_entropy(there, right) + cross_entropy(back, right)) / 2


def _schedule(texts: Sequence[str], entries: Sequence[str], plan: Plan) -> list[list[Pair]]:
    """All batches of all epochs."""
    rng = random.Random(plan.seed)
    found = []
    for _ in range(plan.epochs):
        found += list(batches(pairs(texts, entries, rng), plan.batch, rng))
    return found


def tune(texts: Sequence[str], entries: Sequence[str], plan: Plan = Plan(), path: Path = TUNED) -> None:
    """Write the tuned tensors to `path`. `texts` as the encoder reads them; `entries[i]` answers `texts[i]`."""
    random.seed(plan.seed)
    torch.manual_seed(plan.seed)
    strangers = [text for text, entry in zip(texts, entries, strict=True) if entry == OUT_OF_SCOPE]
    ours = [(text, entry) for text, entry in zip(texts, entries, strict=True) if entry != OUT_OF_SCOPE]
    steps = _schedule([text for text, _ in ours], [entry for _, entry in ours], plan)
    if not steps:
        raise KnowledgeError(f"too few entries to tune the encoder on: a batch needs {plan.batch} different ones")
    tuner = _Tuner(plan, len(steps))
    tuner.model.train()
    bar = tqdm(steps, desc=f"tuning the encoder ({tuner.device})", unit="step")
    for batch in bar:
        loss = tuner.step(batch, random.sample(strangers, min(_STRANGERS, len(strangers))))
        bar.set_postfix(loss=f"{loss:.2f}")
    _save(tuner.model, tuner, path)


def _save(model: Any, tuner: _Tuner, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(network.trained(model, tuner.weights.shape), path)
