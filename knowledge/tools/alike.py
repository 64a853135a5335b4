"""Finds questions that were not written one by one: nearly the same text, or one pattern over many entries."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from knowledge.entries_loader import Library
from knowledge.entry import Entry
from knowledge.entry_checks import folded
from knowledge.text.mention import read_words
from knowledge.text.normalise import fold
from knowledge.text.skeleton import skeleton

_ALIKE = 93.0  # of 100, by letters of the folded texts
_LEAST_LETTERS = 12
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")  # ODOP and OVOP are alike only to the eye
_PATTERN_WORDS = 3  # of a pattern, beside the word that changes
_PATTERN_ENTRIES = 5


@dataclass(frozen=True)
class Asked:
    text: str
    language: str
    entry: str


def _all(library: Library) -> list[Asked]:
    return [
        Asked(text, language, entry.id)
        for entry in library.entries.values()
        for language, texts in entry.questions.items()
        for text in texts
    ]


def near(library: Library) -> Iterator[tuple[Asked, Asked]]:
    """Pairs of questions in one language whose letters are nearly the same."""
    for language in ("hi", "hi-Latn", "en"):
        asked = [one for one in _all(library) if one.language == language and len(fold(one.text)) >= _LEAST_LETTERS]
        yield from _near_pairs(asked)


def near_to(library: Library, entry: Entry) -> Iterator[tuple[int, str, Asked]]:
    """(place, language, the other) of the questions of `entry` that are nearly one of another entry."""
    for language, texts in entry.questions.items():
        ours = [(i, text, folded(text)) for i, text in enumerate(texts)]
        ends = {end for _, _, text in ours for end in _ends(text)}
        for other in _all(library):
            if other.language == language and other.entry != entry.id and ends.intersection(_ends(folded(other.text))):
                yield from ((i, language, other) for i, text, own in ours if _is_near(text, own, other.text))


def _ends(text: str) -> tuple[str, ...]:
    return ("^" + text[:8], "$" + text[-8:]) if len(text) >= _LEAST_LETTERS else ()


def _is_near(text: str, own: str, other: str) -> bool:
    alike = len(own) >= _LEAST_LETTERS and fuzz.ratio(own, folded(other)) >= _ALIKE
    return alike and _ACRONYM.findall(text) == _ACRONYM.findall(other)


def _near_pairs(asked: list[Asked]) -> Iterator[tuple[Asked, Asked]]:
    """Compares what shares a beginning or an end: a copy with one word changed does."""
    folded = [fold(one.text) for one in asked]
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(folded):
        blocks["^" + text[:8]].append(i)
        blocks["$" + text[-8:]].append(i)
    found = {pair for block in blocks.values() for pair in _alike(block, folded)}
    pairs = ((asked[a], asked[b]) for a, b in sorted(found))
    yield from ((a, b) for a, b in pairs if _ACRONYM.findall(a.text) == _ACRONYM.findall(b.text))


def _alike(block: list[int], folded: list[str]) -> Iterator[tuple[int, int]]:
    for place, i in enumerate(block):
        rest = {j: folded[j] for j in block[place + 1 :]}
        yield from (
            (i, j) for _, _, j in process.extract(folded[i], rest, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
        )


def templates(library: Library) -> list[tuple[str, list[str]]]:
    """(pattern, entries) where one sentence with a gap for a word stands in several entries."""
    patterns: dict[str, set[str]] = defaultdict(set)
    for one in _all(library):
        for pattern in _gaps(fold(one.text).split()):
            patterns[pattern].add(one.entry)
    many = [(pattern, sorted(ids)) for pattern, ids in patterns.items() if len(ids) >= _PATTERN_ENTRIES]
    return sorted(many, key=lambda one: (-len(one[1]), one[0]))


_SMALL = frozenset(
    skeleton(str(w)) for hindi, spelt in read_words("hinglish.yml")["words"].items() for w in (hindi, *spelt)
)


@lru_cache(maxsize=32_768)
def _tells(word: str) -> bool:
    return skeleton(word) not in _SMALL and not re.fullmatch(r"\d+", word)


def _gaps(words: list[str]) -> Iterable[str]:
    """The sentence with each of its words in turn taken out; small words alone make no pattern."""
    if not _PATTERN_WORDS < len(words) <= 12:
        return
    telling = sum(map(_tells, words))
    for i in range(len(words)):
        if telling - _tells(words[i]) >= 2:
            yield " ".join([*words[:i], "…", *words[i + 1 :]])
