"""The words of `words.yml`, by what they mean."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from channels.names import renamed

PATH = Path(__file__).with_name("words.yml")
_NUKTA, _CANDRABINDU, _ANUSVARA = "\u093c", "\u0901", "\u0902"
_LONGEST_SHORT_CODE = 6
_FOLD = str.maketrans({_NUKTA: None, _CANDRABINDU: _ANUSVARA, "\x00": None})


@dataclass(frozen=True)
class Words:
    """Each word folded."""

    numbers: dict[str, str]
    tens: dict[str, str]
    repeats: dict[str, int]
    letters: dict[str, str]
    beside: dict[str, str]
    doubtful: frozenset[str]
    joiners: frozenset[str]
    other_codes: frozenset[str]
    measures: frozenset[str]
    at: frozenset[str]
    rate: frozenset[str]
    dot: frozenset[str]
    handles: frozenset[str]
    helplines: frozenset[str]
    long_helplines: frozenset[str]


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """One form for the spellings of a Hindi word."""
    return unicodedata.normalize("NFD", word).translate(_FOLD)


@lru_cache(maxsize=4096)
def number_word(word: str) -> tuple[str, str, bool] | None:
    """Its kind, its digits (of a repeat: how often), and whether it is an everyday word too."""
    folded, words = fold(word), load()
    for kind, table in (("said", words.numbers), ("tens", words.tens)):
        if folded in table:
            return kind, table[folded], folded in words.doubtful
    return ("repeat", str(words.repeats[folded]), False) if folded in words.repeats else None


@lru_cache(maxsize=1)
def load() -> Words:
    data: dict[str, Any] = yaml.safe_load(renamed(PATH.read_text("utf-8")))
    tables = {name: _table(data[name]) for name in ("numbers", "tens", "repeats", "letters", "beside")}
    lists = {name: frozenset(map(fold, words.split())) for name, words in data.items() if name not in tables}
    return Words(
        numbers=tables["numbers"],
        tens=tables["tens"],
        repeats={word: int(times) for word, times in tables["repeats"].items()},
        letters=tables["letters"] | {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz"},
        beside=tables["beside"],
        long_helplines=frozenset(number for number in lists["helplines"] if len(number) > _LONGEST_SHORT_CODE),
        **lists,
    )


def _table(meanings: dict[str, str]) -> dict[str, str]:
    """Of two meanings of a word the first counts."""
    table: dict[str, str] = {}
    for meaning, words in meanings.items():
        for word in words.split():
            table.setdefault(fold(word), str(meaning))
    return table
