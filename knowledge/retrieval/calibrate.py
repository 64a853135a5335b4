"""Chooses thresholds and weights on questions the index has not seen.

Five folds over the entries' own questions, by a hash of their text. Each fold's index has lost a fifth of the
phrasings, so its errors overstate those of the shipped one; `WRONG_AT_MOST` is set with that in mind. A tuned
encoder has seen all but one of the folds: then only that one counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from knowledge.entries_loader import Library
from knowledge.errors import KnowledgeError
from knowledge.paths import IS_OWN, TUNED
from knowledge.retrieval import train, weigh
from knowledge.retrieval.calibration import OF_PROGRAMME, OF_TUNED, PACKAGED, Calibration
from knowledge.retrieval.head import Probabilities
from knowledge.retrieval.neighbours import Weights, candidates, weighed
from knowledge.retrieval.questions import HELD_BACK, OUT_OF_SCOPE, Question, fold_of
from knowledge.retrieval.train import Material
from knowledge.text.language import SERVED

WRONG_AT_MOST = 0.05
_FOLDS = 5
_STEPS = [round(0.02 * n, 2) for n in range(5, 48)]


@dataclass(frozen=True)
class Unseen:
    """What an index makes of a question it was not made of; `place` is the question's in the material."""

    place: int
    row: Probabilities
    best: list[int]  # places of the candidates among the labels
    features: weigh.Floats


@dataclass(frozen=True)
class Asked:
    """All such questions, and the labels of the index."""

    labels: list[str]
    cases: list[Unseen]


def unseen(of: Material, folds: Sequence[int]) -> Asked:
    """Make an index without each of the folds in turn, and ask it that fold."""
    labels = sorted(set(of.entries))
    cases = []
    for fold in tqdm(folds, desc="calibrating", unit="fold"):
        held = [i for i, q in enumerate(of.asked) if fold_of(q.text) == fold]
        kept = [i for i, q in enumerate(of.asked) if fold_of(q.text) != fold]
        head, near = train.index(of, kept)
        if head.labels != labels:
            raise KnowledgeError("an entry has too few questions to hold some back")
        for i in held:
            spot = head.spot(of.read[i], of.vectors[i])
            row = head.at(spot)
            best = candidates(row, labels.index(OUT_OF_SCOPE))
            cases.append(Unseen(i, row, best, near.features(row, best, spot)))
    return Asked(labels, cases)


def folds_unseen_by_encoder() -> range:
    """All five, or only the one that tuning left out."""
    return range(HELD_BACK, HELD_BACK + 1) if TUNED.exists() else range(_FOLDS)


def weights(of: Material, found: Asked) -> Weights:
    """Those that make the right candidates likeliest, where the right one is among them."""
    wanted = {label: i for i, label in enumerate(found.labels)}
    rights = [wanted[of.asked[case.place].entry] for case in found.cases]
    pairs = zip(found.cases, rights, strict=True)
    return weigh.fit([(case.features, case.best.index(right)) for case, right in pairs if right in case.best])


def reranked(found: Asked, chosen: Weights) -> Probabilities:
    """One row a case, as the retriever would have it."""
    return np.stack([weighed(case.row, case.best, case.features, chosen) for case in found.cases])


def choose(questions: Sequence[Question], labels: Sequence[str], found: Probabilities) -> dict[str, float]:
    """Per language, the lowest threshold with at most WRONG_AT_MOST of the questions answered wrongly."""
    best = found.argmax(axis=1)
    sure = found.max(axis=1)
    wrong = np.array([labels[b] not in (q.entry, OUT_OF_SCOPE) for b, q in zip(best, questions, strict=True)])
    languages = np.array([q.language for q in questions])
    chosen = {}
    for code in SERVED:
        mine = languages == code
        fits = [t for t in _STEPS if (wrong & (sure >= t))[mine].mean() <= WRONG_AT_MOST]
        chosen[code] = fits[0] if fits else _STEPS[-1]
    return {code: chosen[code] for code in ("hi", "hi-Latn", "en")}


def run(library: Library) -> Calibration:
    """Choose for the encoder in use, and write."""
    of = train.material(library)
    found = unseen(of, folds_unseen_by_encoder())
    chosen = weights(of, found)
    questions = [of.asked[case.place] for case in found.cases]
    calibration = Calibration(choose(questions, found.labels, reranked(found, chosen)), chosen)
    note = f"{len(questions)} questions; at most {WRONG_AT_MOST:.1%} of them answered wrongly."
    calibration.save((OF_TUNED if TUNED.exists() else PACKAGED) if IS_OWN else OF_PROGRAMME, note)
    return calibration
