"""Chooses the answer threshold of each language on questions the head has not seen.

Five folds over the entries' own questions, seeded. Each fold's head has lost a fifth of every entry's
phrasings, so its errors overstate those of the shipped head; `WRONG_AT_MOST` is set with that in mind.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedKFold
from tqdm import tqdm

from knowledge.encoder.serve import Vectors
from knowledge.retrieval.fit import fit
from knowledge.retrieval.head import Probabilities
from knowledge.retrieval.questions import OUT_OF_SCOPE, Question
from knowledge.retrieval.search import THRESHOLDS

WRONG_AT_MOST = 0.075
_FOLDS, _SEED = 5, 20261121
_STEPS = [round(0.02 * n, 2) for n in range(5, 46)]


def unseen_probabilities(questions: Sequence[Question], meanings: Vectors) -> tuple[list[str], Probabilities]:
    """(labels, probabilities of every question by a head that was not trained on it)."""
    wanted = [q.entry for q in questions]
    labels = sorted(set(wanted))
    found = np.zeros((len(questions), len(labels)), dtype=np.float32)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(wanted, wanted)
    for train, test in tqdm(folds, total=_FOLDS, desc="calibrating", unit="fold"):
        head = fit([questions[i] for i in train], meanings[train])
        asked = [questions[i] for i in test]
        found[test] = head.all([q.text for q in asked], [q.language for q in asked], meanings[test])
    return labels, found


def choose(questions: Sequence[Question], labels: Sequence[str], found: Probabilities) -> dict[str, float]:
    """Per language, the lowest threshold with at most WRONG_AT_MOST of the questions answered wrongly."""
    best = found.argmax(axis=1)
    sure = found.max(axis=1)
    wrong = np.array([labels[b] not in (q.entry, OUT_OF_SCOPE) for b, q in zip(best, questions, strict=True)])
    languages = np.array([q.language for q in questions])
    chosen = {}
    for code in ("hi", "hi-Latn", "en"):
        mine = languages == code
        fits = [t for t in _STEPS if (wrong & (sure >= t))[mine].mean() <= WRONG_AT_MOST]
        chosen[code] = fits[0] if fits else _STEPS[-1]
    return chosen


def write(chosen: dict[str, float], cases: int, path: Path = THRESHOLDS) -> None:
    lines = [
        "# Written by `python -m knowledge calibrate`: the probability from which an entry is answered outright.",
        f"# {cases} questions, {_FOLDS} folds, seed {_SEED}, at most {WRONG_AT_MOST:.1%} answered wrongly.",
        *(f"{code}: {value}" for code, value in chosen.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
