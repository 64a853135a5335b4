"""A message as numbers: its meaning (encoder) beside its sound (character n-grams of the skeleton).

The encoder reads Hinglish in Devanagari and groups short texts by language, so each language's mean
vector is taken out. The sound part works across scripts and spellings.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.encoder.serve import Encoder, Vectors
from knowledge.retrieval.words import words as words_of
from knowledge.text.language import HINGLISH
from knowledge.text.normalise import plain
from knowledge.text.skeleton import skeleton
from knowledge.text.spelling import Speller, words
from knowledge.text.standard import Standard, without_dialect
from knowledge.text.transliterate import Transliterator
from knowledge.text.urdu import UrduReader

_LENGTHS = range(2, 6)
_SMALL = 2  # letters

# The places of a text's known n-grams, and their weights, which have length 1 together.
Heard = tuple[npt.NDArray[np.int64], Vectors]


@dataclass(frozen=True)
class Read:
    """A message as it is understood, never shown: `hindi` is what the encoder reads, `sound` what is heard."""

    language: str
    hindi: str
    sound: str


@dataclass
class Readers:
    """What reads text; shared by training and serving."""

    encoder: Encoder
    transliterate: Transliterator
    urdu: UrduReader
    spelling: Speller
    standard: Standard

    @classmethod
    def of(cls, questions: Iterable[str], encoder: Encoder) -> "Readers":
        """Readers that know the words of these questions."""
        transliterate = Transliterator.load()
        known = words_of(questions, transliterate)
        spelling = Speller(known.field, transliterate.knows)
        standard = Standard(known.common, known.heard, spelling.is_of_the_field)
        return cls(encoder, transliterate, UrduReader.load(), spelling, standard)

    def read(self, text: str, language: str) -> Read:
        words = plain(self.urdu(text))
        if language != HINGLISH:
            spelt = self.spelling(self.standard(words))
            return Read(language, spelt, spelt)
        spelt = self.spelling(without_dialect(words))
        return Read(language, self.standard(self.transliterate(spelt)), self.transliterate.settled(spelt))

    def makes_sense(self, text: str) -> bool:
        """Whether a word of the field is in it (not "ki"), or half of its words are Hindi or English."""
        found = words(self.spelling(plain(self.urdu(text))))
        known = sum(self.spelling.knows(word) for word in found)
        ours = (len(word) > _SMALL and self.spelling.is_of_the_field(word) for word in found)
        return any(ours) or known > len(found) / 2

    def meaning(self, read: Sequence[Read]) -> Vectors:
        """Raw encoder vectors of shape (texts, dimensions)."""
        return self.encoder([one.hindi for one in read])


def grams(text: str) -> list[str]:
    """The 2- to 5-grams inside each word of the skeleton, word borders included."""
    found = []
    for word in skeleton(text).split():
        padded = f" {word} "
        found += [padded[i : i + n] for n in _LENGTHS for i in range(len(padded) - n + 1)]
    return found


@dataclass
class Sound:
    """TF-IDF over the grams seen in training; `columns` gives each gram its place."""

    columns: dict[str, int]
    idf: Vectors

    def __call__(self, text: str) -> Heard:
        counts = Counter(c for gram in grams(text) if (c := self.columns.get(gram)) is not None)
        places = np.array(list(counts), dtype=np.int64)
        values = np.array([1 + math.log(n) for n in counts.values()], dtype=np.float32) * self.idf[places]
        return places, values / (np.linalg.norm(values) or 1.0)


@dataclass(frozen=True)
class Spot:
    """Where a message lies: its centred meaning, and how it sounds."""

    here: Vectors
    heard: Heard


def centred(meaning: Vectors, mean: Vectors) -> Vectors:
    """The meaning without what all texts of its language share, at length 1."""
    moved = meaning - mean
    found: Vectors = moved / np.linalg.norm(moved, axis=-1, keepdims=True)
    return found
