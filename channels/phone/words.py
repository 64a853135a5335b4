"""Commands and choices in what a caller said. Whatever is none of them is a message to the assistant."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from channels.phone.screen import Choice
from channels.render.words import DIGITS

Command = Literal["person", "repeat", "slower", "more", "link", "yes", "no", "hindi", "english"]

_FILE = Path(__file__).with_name("words.yml")
_NOT_A_WORD = re.compile(r"[^\w\u0900-\u097f]+|[।॥]")
# One letter for what recognisers write in several ways: dots below, nasal signs.
_LOOSE = str.maketrans({"\u093c": None, "\u0901": "\u0902"})
_DEVANAGARI_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")


def is_command(text: str, *commands: Command) -> bool:
    """Whether that is all that was said."""
    said = _bare(text, _polite())
    return any(said in _phrases()[command] for command in commands)


def chosen(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice that was named: by its title, or by a number that only it has."""
    said = _bare(text, _polite())
    for choice in choices:
        if said and said == _bare(choice.title):
            return choice
    number = _number(_bare(text, _polite() | _number_words()))
    return next((choice for choice in choices if choice.number and choice.number == number), None)


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() else _numbers().get(said)


def _bare(text: str, without: Collection[str] = ()) -> str:
    """Its words, small, in one spelling; unless nothing is left, without some of them."""
    text = unicodedata.normalize("NFD", text.casefold()).translate(_LOOSE).translate(_DEVANAGARI_DIGITS)
    words = _NOT_A_WORD.sub(" ", unicodedata.normalize("NFC", text)).split()
    return " ".join([word for word in words if word not in without] or words)


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def _phrases() -> dict[str, frozenset[str]]:
    return {
        command: frozenset(_bare(phrase, _polite()) for phrase in _read()[command]) for command in get_args(Command)
    }


@lru_cache(maxsize=1)
def _polite() -> frozenset[str]:
    return frozenset(_bare(word) for word in _read()["polite"])


@lru_cache(maxsize=1)
def _number_words() -> frozenset[str]:
    return frozenset(_bare(word) for word in _read()["number_words"])


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    """Numbers by the words for them, in every language."""
    cardinal = {_bare(word): n for words in DIGITS.values() for n, word in enumerate(words) if n}
    return cardinal | {_bare(word): n for n, words in _read()["ordinals"].items() for word in words}
