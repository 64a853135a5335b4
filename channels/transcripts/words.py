"""The words of `words.yml` and the sentences of `sentences.yml`."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from channels.models import Language
from channels.privacy.words import fold

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((_HERE / "words.yml").read_text("utf-8"))
    return data


@lru_cache(maxsize=32)
def words(name: str) -> frozenset[str]:
    """Folded."""
    return frozenset(map(folded, _words()[name].split()))


@lru_cache(maxsize=1)
def letters() -> dict[str, str]:
    """What letters are called, in Devanagari, and the letters themselves."""
    named = {folded(name): letter for letter, names in _words()["letters"].items() for name in names.split()}
    return named | {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz"}


@lru_cache(maxsize=1)
def _sentences() -> dict[str, dict[Language, str]]:
    sentences: dict[str, dict[Language, str]] = yaml.safe_load((_HERE / "sentences.yml").read_text("utf-8"))
    return sentences


def sentence(key: str, language: Language, text: str = "") -> str:
    return _sentences()[key][language].replace("{text}", text)


def folded(word: str) -> str:
    return fold(word.lower())
