"""The retriever: one call from a message to what should be done with it."""

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np

from knowledge.context import is_short, leans
from knowledge.encoder.serve import Encoder, OnnxEncoder
from knowledge.entries_loader import Library
from knowledge.entries_loader import load as load_library
from knowledge.entry_checks import folded
from knowledge.paths import INDEX
from knowledge.programme import schemes_elsewhere
from knowledge.retrieval.before import ENGAGED, IN_TALK, NOTHING, SURE, Before, likelier, of_subject, subject, together
from knowledge.retrieval.calibration import Calibration
from knowledge.retrieval.decide import Decision, Hit, Result, decide
from knowledge.retrieval.features import Readers, Spot
from knowledge.retrieval.head import Head, Probabilities
from knowledge.retrieval.neighbours import CANDIDATES, Neighbours
from knowledge.retrieval.questions import OUT_OF_SCOPE, of_entries
from knowledge.retrieval.questions import load as load_questions
from knowledge.text.language import ENGLISH, HINDI, HINGLISH, LanguageDetector
from knowledge.text.normalise import clean, fold

HEAD = INDEX / "head.npz"
NEAR = INDEX / "near.npz"
_SURELY = 0.9
_TINY = 2  # words, as "the form": what they mean must be sure
_REMEMBERED = 16  # messages: the same one is searched, and then ranked for what lies near it
_AT_ONCE = 2  # texts that are read beside each other
_NEVER = 2.0  # a threshold: a scheme asked for in another state is not answered as if it were to be had there
_CRAFT_NAMED = 0.08  # weight of "out of scope" when a craft or scheme of ours is named
_ELSEWHERE = 6.0  # ... when a place outside the state is named and none in it; twice if a scheme is asked for there
_THIS_SCHEME = 10.0  # weight of an entry about the one scheme that is named
_OTHER_SCHEME = 0.0001  # weight of an entry about one scheme when another scheme is named


def _only_here(schemes: Collection[str]) -> bool:
    """Whether none of them has anything for another state, as help with its fairs would be."""
    return not schemes_elsewhere().intersection(schemes)


class Retriever:
    """Finds the entry for a message. Safe to share between threads."""

    def __init__(
        self,
        library: Library,
        head: Head,
        near: Neighbours,
        encoder: Encoder,
        detector: LanguageDetector,
        readers: Readers | None = None,
    ) -> None:
        self.library, self.head, self.detector = library, head, detector
        self.readers = readers or Readers.of([q.text for q in load_questions(library)], encoder)
        self.near, calibration = near, Calibration.load()
        self.thresholds, self._weights = calibration.thresholds, calibration.weights
        entries = library.entries
        self._exact = {folded(self.readers.urdu(q.text)): q.entry for q in of_entries(library)}
        self._schemes = [entries[label].scheme if label in entries else None for label in head.labels]
        self._subjects = [subject(entries, label) for label in head.labels]
        # The head may be older than the library by one edit: what is gone cannot be answered.
        self._there = np.array([label in entries or label == OUT_OF_SCOPE for label in head.labels], dtype=np.float32)
        self._out = head.labels.index(OUT_OF_SCOPE)
        self._heard = lru_cache(_REMEMBERED)(self._hear)
        self._beside = ThreadPoolExecutor(_AT_ONCE, "reading")

    @classmethod
    def load(cls, encoder: Encoder | None = None) -> "Retriever":
        detector = LanguageDetector.load()
        return cls(load_library(), Head.load(HEAD), Neighbours.load(NEAR), encoder or OnnxEncoder(), detector)

    def with_entries(self, library: Library) -> "Retriever":
        """The same with other entries; the encoder, which is big, is shared."""
        return Retriever(library, self.head, self.near, self.readers.encoder, self.detector)

    def with_new_index(self) -> "Retriever":
        """The same with the index that has been built since."""
        return Retriever(self.library, Head.load(HEAD), Neighbours.load(NEAR), self.readers.encoder, self.detector)

    def language(self, text: str) -> str:
        """The language to read `text` in, however short it is."""
        code = self.detector.detect(text).code
        return code or (HINGLISH if self.detector.hinglish_probability(text) >= 0.5 else ENGLISH)

    def read_ahead(self, texts: Sequence[str]) -> None:
        """Reads texts beside each other that will be searched one after another."""
        list(self._beside.map(self._read, texts))

    def _read(self, text: str) -> None:
        text = self.readers.urdu(clean(text))
        self._heard(text, self.language(text))

    def search(
        self,
        text: str,
        schemes: Collection[str] = (),
        craft: bool = False,
        before: Before = NOTHING,
        elsewhere: bool = False,
    ) -> Result:
        """What to do with `text`.

        `schemes`: those the message names; `craft`: whether it names a product; `before`: what was said before, on
        which a message may lean ("uske liye kaagaz?"); `elsewhere`: whether it names another state.
        """
        text = self.readers.urdu(clean(text))
        language = self.language(text)
        known = self._exact.get(fold(text))
        if known:
            return Result("answer", (Hit(known, 1.0),), language)
        if not self.readers.makes_sense(text):
            return Result("unknown", (), language)
        weights = self._of_names(schemes, craft, elsewhere)
        weights[self._out] *= ENGAGED if before.engaged else 1.0
        threshold = self._threshold(text, language, schemes, elsewhere, before.engaged)
        likely = self._likely(text, language, weights, before)
        found = self._decided(self._best(likely), threshold, named=bool(schemes) or not is_short(text))
        leaning = None if schemes else self._of_last(text, before.entry, sure=found[0] == "answer")
        if leaning is not None:
            leant = decide(self._best(self._likely(text, language, weights * leaning, before)), threshold)
            found = leant if self._settles(leant, found, text, before.entry) else found
        return Result(*found, language)

    def _settles(self, leant: Decision, alone: Decision, text: str, last: str) -> bool:
        """Whether what was answered last settles what is meant; elsewhere nothing may fit, and `alone` counts."""
        settled = leant[0] == "answer" or (leant[0] == "choices" and (alone[0] != "answer" or leans(text)))
        entries = self.library.entries
        return settled and subject(entries, leant[1][0].entry) == subject(entries, last)

    def _threshold(self, text: str, language: str, schemes: Collection[str], elsewhere: bool, engaged: bool) -> float:
        """How likely an answer must be."""
        if schemes and elsewhere and _only_here(schemes):
            return _NEVER
        usual = max(self.thresholds.get(language, self.thresholds[HINDI]), IN_TALK if engaged else 0.0)
        is_tiny = not schemes and len(text.split()) <= _TINY
        return max(usual, _SURELY) if is_tiny else usual

    def _decided(self, ranked: Sequence[tuple[str, float]], threshold: float, named: bool) -> Decision:
        """Few words that name no scheme ("aur apply kaise") are asked back, unless they surely mean one scheme's."""
        best = self.library.entries.get(ranked[0][0])
        doubtful = not named and best is not None and best.scheme is not None
        return decide(ranked, max(threshold, _SURELY) if doubtful else threshold)

    def rank(
        self, text: str, language: str, schemes: Collection[str] = (), craft: bool = False
    ) -> list[tuple[str, float]]:
        """The best labels with their probability, best first."""
        return self._best(self._alone(text, language, self._of_names(schemes, craft)))

    def _hear(self, text: str, language: str) -> tuple[Probabilities, Spot]:
        """What the head makes of the words alone, and where the message lies among the questions."""
        read = self.readers.read(text, language)
        spot = self.head.spot(read, self.readers.meaning([read])[0])
        return self.head.at(spot), spot

    def _alone(self, text: str, language: str, weights: Probabilities) -> Probabilities:
        """Of each label: weighed by names, then looked at a second time."""
        row, spot = self._heard(text, language)
        weighed = row * weights
        return self.near.reranked(weighed / (weighed.sum() or 1.0), spot, self._out, self._weights)

    def _likely(self, text: str, language: str, weights: Probabilities, before: Before) -> Probabilities:
        """The same, in the light of what was said before where that is needed."""
        alone = self._alone(text, language, weights)
        if not before.text or alone.max() >= SURE:
            return alone
        joined = self._alone(f"{before.text} {text}", language, weights)
        return together(alone, joined, likelier(self.head.labels, self.library.entries, before.entry), self._out)

    def _best(self, likely: Probabilities) -> list[tuple[str, float]]:
        """The best labels with their probability, best first."""
        return [(self.head.labels[i], float(likely[i])) for i in np.argsort(-likely)[:CANDIDATES]]

    def _of_names(self, schemes: Collection[str], craft: bool, elsewhere: bool = False) -> Probabilities:
        """What the names in the message say: entries about another scheme, or out of scope, count less.

        In another state nothing of ours is to be had, except what programme.yml says, such as help with its fairs.
        """
        weights = self._there.copy()
        if elsewhere and _only_here(schemes):
            weights[self._out] *= _ELSEWHERE ** (2 if schemes else 1)
            return weights
        if len(schemes) == 1:
            weights[[s in schemes for s in self._schemes]] *= _THIS_SCHEME
            weights[[s is not None and s not in schemes for s in self._schemes]] *= _OTHER_SCHEME
        if craft or schemes:
            weights[self._out] *= _CRAFT_NAMED
        return weights

    def _of_last(self, text: str, last: str, sure: bool) -> Probabilities | None:
        """Weights of entries about the subject of the last one, if the message leans on it."""
        pointing = leans(text)
        if last not in self.library.entries or not (pointing or (is_short(text) and not sure)):
            return None
        return of_subject(self._subjects, subject(self.library.entries, last), len(text.split()), pointing)
