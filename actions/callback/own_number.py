"""Somebody gives their mobile number before anybody asked for it."""

import re
from functools import lru_cache

from actions.applications import number, number_words
from actions.callback.words import load
from knowledge.amounts.tokens import latin_digits
from knowledge.text.normalise import fold

_WORD = re.compile(r"[a-z]+|[0-9]+|[\u0900-\u0963\u0970-\u097f]+|\w")


def is_all_that_is_told(text: str) -> bool:
    """Whether a message is a mobile number and nothing but words that say whose it is."""
    if number.read_mobile(text) is None:
        return False
    words = _WORD.findall(fold(latin_digits(text)))
    return all(word.isdecimal() or word in _known() for word in words)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    said = number_words.load()
    spoken = {*said.spoken, *said.tens, *said.repeats, *said.signs, *said.doubtful}
    return frozenset(spoken | {fold(word) for word in load().telling})
