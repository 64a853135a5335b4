"""What people send, and what they should get: development messages, and unseen ones that nobody changes things for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.errors import MessagesError
from benchmarks.places import DEVELOPMENT, UNSEEN
from benchmarks.understanding.reading import items, one_of, words

LANGUAGES = ("hi", "hi-Latn", "en")
FIRST = "first"  # wrote <language>.yml, before styles were noted
HANDS = ("asha", "imran", "sunita")  # each wrote <language>-<hand>.yml
UNSEEN_HANDS = ("gita", "rafiq")
STYLES = ("clean", "keywords", "colloquial", "dialect", "typos", "transcript", "loanwords", "situation")
_KINDS = ("entry", "districts", "makers", "outcome")
_SHAPE = f"text with one of {', '.join(_KINDS)}, and perhaps a known style"


@dataclass(frozen=True)
class Message:
    """`kind` says what is expected, `expected` which: entry ids (any of them) or district ids (all), or one outcome."""

    text: str
    language: str
    kind: str
    expected: frozenset[str]
    style: str = ""
    hand: str = ""

    @property
    def payloads(self) -> frozenset[str]:
        """The buttons that lead to what is expected."""
        if self.kind == "outcome":
            return frozenset()
        name = "entry" if self.kind == "entry" else "district"
        return frozenset(f"{name}:{value}" for value in self.expected)

    @property
    def group(self) -> str:
        """What the table by kind counts it under."""
        return next(iter(self.expected)) if self.kind == "outcome" else self.kind

    @property
    def ours(self) -> bool:
        """Whether the programme's knowledge answers it."""
        return self.kind != "outcome"


def _message(item: dict[str, Any], language: str, hand: str) -> Message:
    text, style = words(item.pop("text")), one_of(item.pop("style", ""), ("", *STYLES))
    ((kind, value),) = item.items()
    expected = frozenset([value] if isinstance(value, str) else value)
    return Message(text, language, one_of(kind, _KINDS), expected, style, hand)


def load(languages: tuple[str, ...] = LANGUAGES, folder: Path = DEVELOPMENT) -> list[Message]:
    """All messages in these languages. Not every hand must have written in each."""
    return [message for language in languages for message in _in(language, folder)]


def load_unseen(languages: tuple[str, ...] = LANGUAGES) -> list[Message]:
    """Messages to measure with, never to look into: once they have taught us something, write new ones."""
    return load(languages, UNSEEN)


def _in(language: str, folder: Path) -> Iterator[Message]:
    hands = HANDS + UNSEEN_HANDS
    files = {FIRST: folder / f"{language}.yml"} | {hand: folder / f"{language}-{hand}.yml" for hand in hands}
    found = {hand: path for hand, path in files.items() if path.exists()}
    if not found:
        raise MessagesError(f"{files[FIRST].name} is missing.")
    for hand, path in found.items():
        yield from items(path, partial(_message, language=language, hand=hand), _SHAPE)
