"""The word lists: what a single word says, however it is spelt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

import yaml
from rapidfuzz.distance import DamerauLevenshtein

from knowledge.paths import KNOWLEDGE
from knowledge.text.normalise import fold
from knowledge.text.skeleton import skeleton

# A word that is in no list counts by its sound from so many sounds on; shorter ones sound like too much else.
_LEAST_SOUNDS = 5
# Before a scale ("pintis hazar") one sound may be wrong too.
_LEAST_FOR_SLIP = 6


@dataclass(frozen=True)
class NumberWord:
    """A number word below 100; English ones are put together: twenty-five."""

    value: int
    english: bool


@cache
def lists(name: str) -> dict[str, Any]:
    """A file of this folder."""
    found: dict[str, Any] = yaml.safe_load((KNOWLEDGE / "amounts" / f"{name}.yml").read_text(encoding="utf-8"))
    return found


@cache
def group(path: str) -> frozenset[str]:
    """The words at a path through a file: "neighbours.age.label"."""
    name, *keys = path.split(".")
    found: Any = lists(name)
    for key in keys:
        found = found[key]
    return frozenset(_folded(found))


def _folded(words: str) -> Iterator[str]:
    """Signs, of which folding leaves nothing, stay as they are."""
    return (fold(word) or word for word in words.split())


@cache
def table(path: str) -> dict[str, Any]:
    """From each word to the key that it is listed under; the words at `path` are grouped by key."""
    name, *keys = path.split(".")
    found: Any = lists(name)
    for key in keys:
        found = found[key]
    return {word: key for key, words in found.items() for word in _folded(words)}


@cache
def _number_words() -> dict[str, NumberWord]:
    """Every listed spelling."""
    numbers = lists("numbers")
    english = {word: NumberWord(value, True) for value, words in numbers["english"].items() for word in _folded(words)}
    hindi = {
        word: NumberWord(value, False)
        for value, spelt in numbers["hindi"].items()
        for words in spelt.values()
        for word in _folded(words)
    }
    return english | hindi


@cache
def _by_sound() -> dict[str, NumberWord]:
    """Sounds that belong to one number only."""
    found: dict[str, set[NumberWord]] = {}
    for word, number in _number_words().items():
        found.setdefault(skeleton(word), set()).add(number)
    return {sound: numbers.pop() for sound, numbers in found.items() if len(numbers) == 1}


@lru_cache(maxsize=4096)
def number_word(word: str) -> NumberWord | None:
    """The number that a folded word says, by its spelling or its sound."""
    if word in _number_words():
        return _number_words()[word]
    if word in group("ambiguous.not_numbers"):
        return None
    sound = skeleton(word)
    return _by_sound().get(sound) if len(sound) >= _LEAST_SOUNDS else None


@lru_cache(maxsize=1024)
def nearest_number_word(word: str) -> NumberWord | None:
    """The only number word that is one sound off; for places where a number is expected."""
    sound = skeleton(word)
    if len(sound) < _LEAST_FOR_SLIP or word in group("ambiguous.not_numbers"):
        return None
    near = {n for known, n in _by_sound().items() if _one_off(known, sound)}
    return near.pop() if len(near) == 1 else None


def _one_off(known: str, sound: str) -> bool:
    return known[:1] == sound[:1] and DamerauLevenshtein.distance(known, sound, score_cutoff=1) <= 1


def scale(word: str) -> int | None:
    """What the word multiplies by: 100, 1000, 100000 ..."""
    found: int | None = table("scales.scales").get(word)
    return found


@cache
def fractions(part: str) -> Mapping[str, Fraction]:
    """Words to their value: "before" (साढ़े: 1/2 more) or "parts" (डेढ़: 3/2)."""
    return {word: Fraction(value) for word, value in table(f"scales.{part}").items()}


def time_unit(word: str) -> str | None:
    """The unit of time that a word names, in the singular."""
    found: str | None = table("units.time").get(word)
    return found


def is_unit(word: str) -> bool:
    """Whether the word says what is counted: rupees, days, percent, pieces."""
    named = time_unit(word) is not None or word in group("units.money.after")
    return named or word in group("units.percent") or word in group("units.counted")
