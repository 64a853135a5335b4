"""The words of `number_words.yml`, by what they mean."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.errors import EntryError
from knowledge.text.normalise import fold
from knowledge.yaml_lines import Document, read

PATH = Path(__file__).with_name("number_words.yml")
_TABLES = ("digits", "pairs", "tens", "repeats", "letters")
_LISTS = ("signs", "doubtful", "never")


@dataclass(frozen=True)
class NumberWords:
    """Each word folded. `spoken` are digits and pairs of digits, `letters` what letters are called."""

    spoken: dict[str, str]
    tens: dict[str, str]
    repeats: dict[str, int]
    letters: dict[str, str]
    codes: re.Pattern[str]  # several of them written as one: "odopmm"
    signs: frozenset[str]
    doubtful: frozenset[str]
    never: frozenset[str]


@lru_cache(maxsize=1)
def load(path: Path = PATH) -> NumberWords:
    """Raises EntryError where a key is unknown or missing, or a word has two meanings."""
    document = read(path)
    data = document.data if isinstance(document.data, dict) else {}
    wrong = set(_TABLES + _LISTS) ^ set(data)
    if wrong:
        raise EntryError([document.problem((), f"unknown or missing: {', '.join(sorted(map(str, wrong)))}")])
    tables = {name: _table(document, name) for name in _TABLES}
    return NumberWords(
        spoken=tables["digits"] | tables["pairs"],
        tens=tables["tens"],
        repeats={word: int(times) for word, times in tables["repeats"].items()},
        letters=tables["letters"],
        codes=_codes(tables["letters"]),
        **{name: frozenset(_words(data[name])) for name in _LISTS},
    )


def _table(document: Document, name: str) -> dict[str, str]:
    meanings: dict[str, str] = {}
    for meaning, words in document.data[name].items():
        for word in _words(words):
            if meanings.setdefault(word, str(meaning)) != str(meaning):
                raise EntryError([document.problem((name, str(meaning)), f"{word} means {meanings[word]} already")])
    return meanings


def _codes(letters: dict[str, str]) -> re.Pattern[str]:
    codes = sorted({meaning.lower() for meaning in letters.values() if len(meaning) > 1}, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, codes))})+")


def _words(text: Any) -> list[str]:
    return [fold(word) for word in str(text).split(",")]
