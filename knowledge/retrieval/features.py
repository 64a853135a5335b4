"""A message as numbers: its meaning (encoder) beside its sound (character n-grams of the skeleton).

The encoder reads Hinglish in Devanagari and groups short texts by language, so each language's mean
vector is taken out. The sound part works across scripts and spellings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.encoder.serve import Encoder, Vectors
from knowledge.text.language import HINGLISH
from knowledge.text.normalise import clean
from knowledge.text.skeleton import skeleton
from knowledge.text.transliterate import Transliterator


@dataclass
class Readers:
    """What reads text; shared by training and serving."""

    encoder: Encoder
    transliterate: Transliterator

    def meaning(self, texts: Sequence[str], languages: Sequence[str]) -> Vectors:
        """Raw encoder vectors of shape (texts, dimensions)."""
        pairs = zip(texts, languages, strict=True)
        return self.encoder([self.transliterate(clean(t)) if code == HINGLISH else clean(t) for t, code in pairs])


@dataclass
class FeatureSpace:
    """Fitted on the training questions: each language's mean vector and the n-gram vocabulary."""

    means: dict[str, Vectors]
    ngrams: TfidfVectorizer

    @classmethod
    def fit(cls, texts: Sequence[str], languages: Sequence[str], meanings: Vectors) -> "FeatureSpace":
        codes = np.array(languages)
        means = {str(code): meanings[codes == code].mean(axis=0) for code in set(languages)}
        ngrams = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32)
        return cls(means, ngrams.fit([skeleton(t) for t in texts]))

    def __call__(self, texts: Sequence[str], languages: Sequence[str], meanings: Vectors) -> csr_matrix:
        """Rows of unit-length meaning beside unit-length sound."""
        centred = meanings - np.stack([self.means[code] for code in languages])
        centred /= np.linalg.norm(centred, axis=1, keepdims=True)
        return hstack([csr_matrix(centred), self.ngrams.transform([skeleton(t) for t in texts])]).tocsr()
