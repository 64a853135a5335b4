"""The trained head: one linear classifier over all entries and the class "out of scope"."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from knowledge.encoder.serve import Vectors
from knowledge.retrieval.features import FeatureSpace
from knowledge.retrieval.questions import Question

_SEED = 20261121
_REGULARISATION = 20.0

Probabilities = npt.NDArray[np.float64]


@dataclass
class Head:
    """`labels[i]` is the entry id of column i of the probabilities."""

    space: FeatureSpace
    labels: list[str]
    model: LogisticRegression

    @classmethod
    def fit(cls, questions: Sequence[Question], meanings: Vectors) -> "Head":
        """`meanings`: encoder vectors of the questions, in their order."""
        texts, languages = [q.text for q in questions], [q.language for q in questions]
        space = FeatureSpace.fit(texts, languages, meanings)
        model = LogisticRegression(C=_REGULARISATION, max_iter=150, tol=1e-3, random_state=_SEED)
        model.fit(space(texts, languages, meanings), [q.entry for q in questions])
        return cls(space, [str(label) for label in model.classes_], model)

    def __call__(self, texts: Sequence[str], languages: Sequence[str], meanings: Vectors) -> Probabilities:
        found: Probabilities = self.model.predict_proba(self.space(texts, languages, meanings))
        return found
