"""Messages that say whether an answer helped. Only as the whole message."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from channels.hygiene import visible

Mark = Literal["up", "down", "wrong"]  # `wrong`: said by staff
_WORDS = Path(__file__).with_name("words.yml")
_SIGNS = re.compile(r"[\s.,;:!?।|\"'()*-]+|[\U0001f3fb-\U0001f3ff]")  # and the colours of a thumb's skin
_POLITE = frozenset({"ji", "जी", "thanks", "thank you", "dhanyavad", "धन्यवाद"})


def mark_of(text: str) -> Mark | None:
    return _marks().get(_plain(text))


@cache
def _marks() -> dict[str, Mark]:
    listed: dict[Mark, list[str]] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return {_plain(phrase): mark for mark, phrases in listed.items() for phrase in phrases}


def _plain(text: str) -> str:
    """Without case, signs and a polite word at the end."""
    words = _SIGNS.sub(" ", visible(text)).casefold().split()
    while len(words) > 1 and words[-1] in _POLITE:
        words.pop()
    return " ".join(words)
