"""Texts as the project reads them: spelling put right, Hinglish in Devanagari, encoder vectors, sound.

The vectors of a file are kept in var/bench/public, so that a second run only fits and scores.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from benchmarks.places import BENCH
from knowledge.encoder.serve import OnnxEncoder, Vectors
from knowledge.retrieval.features import Read, Readers
from knowledge.retrieval.train import meanings
from knowledge.text.language import ENGLISH, HINGLISH, LanguageDetector
from knowledge.text.normalise import clean

CACHE = BENCH / "public"


@dataclass(frozen=True)
class Material:
    """`words` are the corrected words in Latin letters, whatever language a text was taken for."""

    read: list[Read]
    words: list[str]
    meaning: Vectors

    def take(self, places: Sequence[int] | npt.NDArray[np.int64]) -> "Material":
        chosen = [int(i) for i in places]
        return Material([self.read[i] for i in chosen], [self.words[i] for i in chosen], self.meaning[chosen])

    def with_others(self, others: "Material") -> "Material":
        meaning = np.concatenate([self.meaning, others.meaning])
        return Material([*self.read, *others.read], [*self.words, *others.words], meaning)

    def with_meaning(self, meaning: Vectors) -> "Material":
        return replace(self, meaning=meaning)


class Reader:
    """Reads as the assistant does, with a speller that knows the words of the training texts."""

    def __init__(self, training: Sequence[str], encoder: OnnxEncoder) -> None:
        self._encoder, self._readers = encoder, Readers.of(training, encoder)
        self._detector = LanguageDetector.load()

    def _language(self, text: str) -> str:
        code = self._detector.detect(text).code
        return code or (HINGLISH if self._detector.hinglish_probability(text) >= 0.5 else ENGLISH)

    def _read(self, text: str) -> Read:
        """Marked as English: so few training texts are in another language that it has no mean of its own."""
        return replace(self._readers.read(text, self._language(text)), language=ENGLISH)

    def __call__(self, texts: Sequence[str]) -> Material:
        cleaned = [clean(text) for text in texts]
        read = [self._read(text) for text in cleaned]
        words = [self._readers.read(text, ENGLISH).sound for text in cleaned]
        key = hashlib.sha256("\0".join(one.hindi for one in read).encode()).hexdigest()[:12]
        return Material(read, words, meanings(read, self._encoder, CACHE / f"meanings-{key}.npz"))
