"""Fits the head with scikit-learn; needed when building, not when serving."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.encoder.serve import Vectors
from knowledge.retrieval.features import Sound, centred, grams
from knowledge.retrieval.head import Head
from knowledge.retrieval.questions import Question

_SEED = 20261121
_REGULARISATION = 20.0


def _means(languages: Sequence[str], meanings: Vectors) -> dict[str, Vectors]:
    codes = np.array(languages)
    return {str(code): meanings[codes == code].mean(axis=0) for code in sorted(set(languages))}


def fit(questions: Sequence[Question], meanings: Vectors) -> Head:
    """`meanings`: encoder vectors of the questions, in their order."""
    languages = [q.language for q in questions]
    means = _means(languages, meanings)
    ngrams = TfidfVectorizer(analyzer=grams, sublinear_tf=True, min_df=2, dtype=np.float32)
    sounds = ngrams.fit_transform([q.text for q in questions])
    meaning = centred(meanings, np.stack([means[code] for code in languages]))
    model = LogisticRegression(C=_REGULARISATION, max_iter=150, tol=1e-3, random_state=_SEED)
    model.fit(hstack([csr_matrix(meaning), sounds]).tocsr(), [q.entry for q in questions])
    weights, size = model.coef_.astype(np.float32), meanings.shape[1]
    sound = Sound({g: int(i) for g, i in ngrams.vocabulary_.items()}, ngrams.idf_.astype(np.float32))
    return Head(
        labels=[str(label) for label in model.classes_],
        means=means,
        sound=sound,
        meaning_weights=np.ascontiguousarray(weights[:, :size]),
        sound_weights=np.ascontiguousarray(weights[:, size:].T),
        bias=model.intercept_.astype(np.float32),
    )
