"""Messages that are a wish about messages: stop, start, erase, show. Only as the whole message."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from channels.hygiene import visible

Wish = Literal["stop", "start", "erase", "show"]
_WORDS = Path(__file__).with_name("words.yml")
_SIGNS = re.compile(r"[^\w\u0900-\u0963\u0966-\u097f]+")  # a danda is a sign, a vowel sign is none


def wish_of(text: str) -> Wish | None:
    return _wishes().get(_plain(text))


@cache
def _wishes() -> dict[str, Wish]:
    listed: dict[Wish, list[str]] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return {_plain(phrase): wish for wish, phrases in listed.items() for phrase in phrases}


def _plain(text: str) -> str:
    """Without case, signs and a polite word at the end."""
    words = _SIGNS.sub(" ", visible(text)).casefold().split()
    while len(words) > 1 and words[-1] in _POLITE:
        words.pop()
    return " ".join(words)


_POLITE = frozenset({"ji", "जी", "please", "plz", "pls"})
