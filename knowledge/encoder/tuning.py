"""`make encoder`: tune, compare with the encoder as packaged, and keep the better one.

A fifth of the questions is never tuned on. Both encoders are asked which entry each of these belongs to, by the
nearest mean of the other questions; the tuned one is kept only where it finds more.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from knowledge.build import run as build_all
from knowledge.encoder import build, tune
from knowledge.encoder.serve import OnnxEncoder, Vectors
from knowledge.entries_loader import load
from knowledge.paths import TUNED
from knowledge.retrieval import calibrate, train
from knowledge.retrieval import questions as question_list
from knowledge.retrieval.features import Read, Readers, centred
from knowledge.retrieval.questions import HELD_BACK, Question, fold_of


def run(epochs: int, seed: int) -> None:
    """Tune, report, and rebuild with what is better."""
    library = load()
    asked = question_list.load(library)
    readers = Readers.of([q.text for q in asked], OnnxEncoder(threads=2))
    read = [readers.read(q.text, q.language) for q in asked]
    plan = replace(tune.Plan(), epochs=epochs, seed=seed)
    new = TUNED.with_suffix(".new.safetensors")
    learnt = [i for i, q in enumerate(asked) if fold_of(q.text) != HELD_BACK]
    tune.tune([read[i].hindi for i in learnt], [asked[i].entry for i in learnt], plan, new)
    before, after = _accuracies(asked, read, Path("-")), _accuracies(asked, read, new)
    _print(before, after, len(asked) - len(learnt))
    if after["all"] > before["all"]:
        new.replace(TUNED)
    else:
        new.unlink()
        TUNED.unlink(missing_ok=True)
        print("the encoder as packaged is better: kept")
    build_all()
    if TUNED.exists():
        print("thresholds:", calibrate.run(library).thresholds)


def _accuracies(asked: Sequence[Question], read: Sequence[Read], tuned: Path) -> dict[str, float]:
    """Share of the held-back questions whose entry's mean is the nearest, by language."""
    with TemporaryDirectory() as folder:
        build.build(Path(folder), tuned)
        vectors = train.meanings(read, OnnxEncoder(Path(folder), threads=2), Path(folder) / "cache.npz")
    return nearest(asked, vectors)


def nearest(asked: Sequence[Question], vectors: Vectors) -> dict[str, float]:
    """Per language and "all": how many held-back questions lie nearest to the mean of their own entry."""
    codes = np.array([q.language for q in asked])
    means = {code: vectors[codes == code].mean(axis=0) for code in set(codes.tolist())}
    placed = centred(vectors, np.stack([means[code] for code in codes]))
    held = np.array([fold_of(q.text) == HELD_BACK for q in asked])
    entries = np.array([q.entry for q in asked])
    names = sorted(set(entries[~held].tolist()))
    centres = np.stack([placed[(entries == name) & ~held].mean(axis=0) for name in names])
    found = np.array(names)[(placed[held] @ centres.T).argmax(axis=1)] == entries[held]
    shares = {code: float(found[codes[held] == code].mean()) for code in sorted(means)}
    return shares | {"all": float(found.mean())}


def _print(before: dict[str, float], after: dict[str, float], cases: int) -> None:
    print(f"nearest entry found for {cases} questions not tuned on:")
    for code, share in before.items():
        print(f"  {code:8} as packaged {share:.1%}, tuned {after[code]:.1%}")
