"""The retriever: one call from a message to what should be done with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import yaml

from knowledge.encoder.serve import OnnxEncoder
from knowledge.entries_loader import Library
from knowledge.entries_loader import load as load_library
from knowledge.paths import INDEX, KNOWLEDGE
from knowledge.retrieval.features import Readers
from knowledge.retrieval.head import Head, Probabilities
from knowledge.retrieval.questions import OUT_OF_SCOPE, of_entries
from knowledge.text.language import ENGLISH, HINDI, HINGLISH, LanguageDetector
from knowledge.text.normalise import clean, fold
from knowledge.text.transliterate import Transliterator

Zone = Literal["answer", "choices", "out_of_scope", "unknown"]

HEAD = INDEX / "head.npz"
THRESHOLDS = KNOWLEDGE / "retrieval" / "thresholds.yml"
_SURELY_NOT_OURS = 0.6
_MOST_CHOICES = 3
_WORTH_OFFERING = 0.05
_CRAFT_NAMED = 0.2  # weight of "out of scope" when a craft or scheme of ours is named
_OTHER_SCHEME = 0.01  # weight of an entry about one scheme when another scheme is named


@dataclass(frozen=True)
class Hit:
    entry: str
    probability: float


@dataclass(frozen=True)
class Result:
    """`hits`: the entry to answer with, or those to offer, best first; empty for the other zones."""

    zone: Zone
    hits: tuple[Hit, ...]
    language: str


def thresholds(path: Path = THRESHOLDS) -> dict[str, float]:
    return {str(code): float(value) for code, value in yaml.safe_load(path.read_text(encoding="utf-8")).items()}


def decide(probabilities: Sequence[tuple[str, float]], threshold: float) -> tuple[Zone, tuple[Hit, ...]]:
    """The zone for one message; `probabilities` are (label, probability), best first."""
    label, best = probabilities[0]
    if label == OUT_OF_SCOPE and best >= _SURELY_NOT_OURS:
        return "out_of_scope", ()
    if label != OUT_OF_SCOPE and best >= threshold:
        return "answer", (Hit(label, best),)
    offered = [Hit(name, p) for name, p in probabilities if name != OUT_OF_SCOPE and p >= _WORTH_OFFERING]
    return ("choices", tuple(offered[:_MOST_CHOICES])) if offered else ("unknown", ())


class Retriever:
    """Finds the entry for a message. Safe to share between threads."""

    def __init__(self, library: Library, head: Head, readers: Readers, detector: LanguageDetector) -> None:
        self.library, self.head, self.readers, self.detector = library, head, readers, detector
        self.thresholds = thresholds()
        entries = library.entries
        self._exact = {fold(q.text): q.entry for q in of_entries(library)}
        self._schemes = [entries[label].scheme if label in entries else None for label in head.labels]

    @classmethod
    def load(cls) -> "Retriever":
        readers = Readers(OnnxEncoder(), Transliterator.load())
        return cls(load_library(), Head.load(HEAD), readers, LanguageDetector.load())

    def language(self, text: str) -> str:
        """The language to read `text` in, however short it is."""
        code = self.detector.detect(text).code
        return code or (HINGLISH if self.detector.hinglish_probability(text) >= 0.5 else ENGLISH)

    def search(self, text: str, schemes: Collection[str] = (), craft: bool = False) -> Result:
        """What to do with `text`; `schemes` are those the message names, `craft` whether it names a product."""
        text = clean(text)
        language = self.language(text)
        known = self._exact.get(fold(text))
        if known:
            return Result("answer", (Hit(known, 1.0),), language)
        ranked = self.rank(text, language, schemes, craft)
        zone, hits = decide(ranked, self.thresholds.get(language, self.thresholds[HINDI]))
        return Result(zone, hits, language)

    def rank(
        self, text: str, language: str, schemes: Collection[str] = (), craft: bool = False
    ) -> list[tuple[str, float]]:
        """All labels with their probability, best first."""
        meaning = self.readers.meaning([text], [language])
        row = self._weigh(self.head(text, language, meaning[0]), schemes, craft)
        return [(self.head.labels[i], float(row[i])) for i in np.argsort(-row)[:10]]

    def _weigh(self, row: Probabilities, schemes: Collection[str], craft: bool) -> Probabilities:
        """What the names in the message say: entries about another scheme, or out of scope, count less."""
        weights = np.ones_like(row)
        if len(schemes) == 1:
            weights[[s is not None and s not in schemes for s in self._schemes]] = _OTHER_SCHEME
        if craft or schemes:
            weights[self.head.labels.index(OUT_OF_SCOPE)] = _CRAFT_NAMED
        weighed: Probabilities = row * weights
        total: Probabilities = weighed / weighed.sum()
        return total
