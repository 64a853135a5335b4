"""Fits the head with scikit-learn; needed when building, not when serving.

The n-grams are many and sparse, so they are first pressed into a few hundred directions (truncated SVD): ten
times as fast to fit, and no worse. Afterwards the directions are multiplied out again, and serving is one
sparse product.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.encoder.serve import Vectors
from knowledge.retrieval.balance import REGULARISATION
from knowledge.retrieval.balance import weights as weights_of
from knowledge.retrieval.features import Read, Sound, centred, grams
from knowledge.retrieval.head import Head

_SEED = 20261121
_DIRECTIONS = 1024


def _means(languages: Sequence[str], meanings: Vectors) -> dict[str, Vectors]:
    codes = np.array(languages)
    return {str(code): meanings[codes == code].mean(axis=0) for code in sorted(set(languages))}


def _pressed(sounds: Sequence[str]) -> tuple[Sound, Vectors, Vectors]:
    """(the n-grams, their directions of shape (n-grams, directions), the texts along them)."""
    ngrams = TfidfVectorizer(analyzer=grams, sublinear_tf=True, min_df=2, dtype=np.float32)
    table = ngrams.fit_transform(sounds)
    svd = TruncatedSVD(min(_DIRECTIONS, table.shape[1] - 1), n_iter=2, random_state=_SEED)
    pressed = svd.fit_transform(table).astype(np.float32)
    sound = Sound({g: int(i) for g, i in ngrams.vocabulary_.items()}, ngrams.idf_.astype(np.float32))
    return sound, svd.components_.T.astype(np.float32), pressed


def fit(read: Sequence[Read], entries: Sequence[str], meanings: Vectors) -> Head:
    """`entries[i]` is what `read[i]` asks for, `meanings[i]` its encoder vector."""
    languages = [one.language for one in read]
    means = _means(languages, meanings)
    meaning = centred(meanings, np.stack([means[code] for code in languages]))
    sound, directions, pressed = _pressed([one.sound for one in read])
    model = LogisticRegression(C=REGULARISATION, max_iter=400, tol=1e-4, random_state=_SEED)
    model.fit(np.hstack([meaning, pressed]), list(entries), sample_weight=weights_of(entries))
    weights, size = model.coef_.astype(np.float32), meanings.shape[1]
    return Head(
        labels=[str(label) for label in model.classes_],
        means=means,
        sound=sound,
        meaning_weights=np.ascontiguousarray(weights[:, :size]),
        sound_weights=(directions @ weights[:, size:].T).astype(np.float16),
        bias=model.intercept_.astype(np.float32),
    )
