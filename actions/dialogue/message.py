"""A message as a dialogue hears it: words by their sound, with their places."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from knowledge.context import asks
from knowledge.text.mention import Mention
from knowledge.text.normalise import fold
from knowledge.text.skeleton import skeleton

ANSWERS = Path(__file__).with_name("answers.yml")
_WORD = re.compile(r"[\w\u0900-\u0963]+(?:['’]\w+)?")


@dataclass(frozen=True)
class Word:
    sound: str
    start: int
    end: int


@dataclass(frozen=True)
class Message:
    """`tapped`: the value of a button of the question. `number`: a message that is nothing but a small number."""

    text: str
    mentions: tuple[Mention, ...] = ()
    tapped: str | None = None
    number: int | None = None

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(Word(sound(m[0]), m.start(), m.end()) for m in _WORD.finditer(self.text))

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question, by its sign or a question word, or "kya" at its end."""
        last = self.words[-1] if self.words else None
        ends_asking = last is not None and last.sound in _KYA and self.text[last.start : last.end].lower() not in _DONE
        return asks(self.text) or ends_asking


def sound(word: str) -> str:
    """How it sounds; spellings of one word that the skeleton keeps apart are one."""
    heard = _plain(word)
    return same().get(heard, heard)


def _plain(word: str) -> str:
    return skeleton(fold(re.sub("['’]", "", word))).replace(" ", "")


@lru_cache(maxsize=1)
def word_lists() -> dict[str, Any]:
    """`answers.yml` as it stands."""
    lists: dict[str, Any] = yaml.safe_load(ANSWERS.read_text(encoding="utf-8"))
    return lists


@lru_cache(maxsize=1)
def same() -> dict[str, str]:
    return {_plain(word): _plain(words[0]) for words in word_lists()["same"] for word in words}


@dataclass(frozen=True)
class Span:
    """Of words: from `first` up to, not including, `after`."""

    first: int
    after: int

    def __len__(self) -> int:
        return self.after - self.first


@dataclass(frozen=True)
class Phrases:
    """Phrases found by sound, each as words next to each other; the longer one counts."""

    written: tuple[str, ...]
    _by_first: Mapping[str, list[tuple[str, ...]]] = field(init=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in {tuple(sound(w) for w in phrase.split()) for phrase in self.written} - {()}:
            by_first.setdefault(phrase[0], []).append(phrase)
        object.__setattr__(self, "_by_first", by_first)

    def spans(self, sounds: Sequence[str]) -> list[Span]:
        """Where they stand, none within another, in order."""
        found: list[Span] = []
        for _, places in groupby(sorted(self._places(sounds)), key=lambda place: place[:2]):
            spans = [Span(first, first + len(phrase)) for _, phrase, first in places]
            found += [span for span in spans if not any(_overlap(span, other) for other in found)]
        return sorted(found, key=lambda span: span.first)

    def _places(self, sounds: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...], int]]:
        """The longest first, then by phrase; there may be a thousand phrases, so only fitting ones are looked at."""
        said = tuple(sounds)
        for first, heard in enumerate(said):
            for phrase in self._by_first.get(heard, ()):
                if said[first : first + len(phrase)] == phrase:
                    yield -len(phrase), phrase, first

    def are_in(self, message: Message) -> bool:
        return bool(self.spans([w.sound for w in message.words]))

    def fill(self, message: Message, share: float) -> bool:
        """Whether they make up at least that share of the words."""
        words = [w.sound for w in message.words]
        return bool(words) and sum(map(len, self.spans(words))) >= share * len(words)


def _overlap(one: Span, other: Span) -> bool:
    return one.first < other.after and other.first < one.after


_KYA = frozenset({sound("kya"), sound("क्या")})
_DONE = frozenset({"kiya", "किया"})  # "3 tareekh ko mana kiya" tells; it sounds like "kya"
