"""Two ways to fit a head: the one that the assistant ships with, and a class-balanced pair of them.

The pair averages two logistic regressions, both class-balanced. One sees only the meaning: it knows best
what is out of scope, as it is not misled by a shared word. The other sees meaning, skeleton n-grams and
word pairs: it knows best which class is meant. Both also learn a class of strangers, texts that belong to
no data set (the project's own examples of what is out of scope). How sure the pair is of a text is
multiplied by the root of its cosine to the nearest training text.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.public.labelled import Prediction
from benchmarks.public.material import Material
from knowledge.encoder.serve import Vectors
from knowledge.retrieval.features import centred, grams
from knowledge.retrieval.fit import fit

SEED = 20261121
Predict = Callable[[Material], list[Prediction]]
Fit = Callable[[Material, Sequence[str], Material], Predict]
"""Training texts, their labels, strangers."""

STRANGERS = "\0strangers"
_REGULARISATION = 20.0
_SOUND, _WORDS = 0.5, 0.35  # beside the meaning's 1
_LEAST_NEAR = 0.01


def _predictions(labels: Sequence[str], probabilities: Any, sure: Any) -> list[Prediction]:
    best = probabilities.argmax(axis=1)
    return [Prediction(str(labels[int(b)]), float(s)) for b, s in zip(best, sure, strict=True)]


def shipped(material: Material, labels: Sequence[str], strangers: Material) -> Predict:
    """`knowledge.retrieval.fit` as it is, without a class of strangers."""
    head = fit(material.read, labels, material.meaning)

    def predict(new: Material) -> list[Prediction]:
        found = head.all(new.read, new.meaning)
        return _predictions(head.labels, found, found.max(axis=1))

    return predict


class _Features:
    """Meaning without the training texts' mean, beside weighted TF-IDF of sound and words."""

    def __init__(self, material: Material, mean: Vectors) -> None:
        self._mean = mean
        self._sound = TfidfVectorizer(analyzer=grams, sublinear_tf=True)
        self._words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\w+", sublinear_tf=True)
        self._sound.fit([one.sound for one in material.read])
        self._words.fit(material.words)

    def meaning(self, material: Material) -> Vectors:
        return centred(material.meaning, self._mean)

    def all(self, material: Material) -> Any:
        sound = self._sound.transform([one.sound for one in material.read])
        words = self._words.transform(material.words)
        return hstack([csr_matrix(self.meaning(material)), _SOUND * sound, _WORDS * words]).tocsr()


def _regression() -> Any:
    return LogisticRegression(C=_REGULARISATION, class_weight="balanced", max_iter=150, tol=1e-3, random_state=SEED)


def pair(material: Material, labels: Sequence[str], strangers: Material) -> Predict:
    """The mean probability of both regressions, less where no training text is near."""
    every, named = material.with_others(strangers), [*labels, *[STRANGERS] * len(strangers.read)]
    features = _Features(every, material.meaning.mean(axis=0))
    alone = _regression().fit(features.meaning(every), named)
    joined = _regression().fit(features.all(every), named)
    known = features.meaning(material)
    ours = [i for i, name in enumerate(alone.classes_) if name != STRANGERS]

    def predict(new: Material) -> list[Prediction]:
        here = features.meaning(new)
        both = (alone.predict_proba(here) + joined.predict_proba(features.all(new)))[:, ours] / 2
        near = np.sqrt(np.clip((here @ known.T).max(axis=1), _LEAST_NEAR, 1))
        return _predictions(alone.classes_[ours], both, both.max(axis=1) * near)

    return predict
