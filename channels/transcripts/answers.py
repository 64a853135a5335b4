"""What the gateway itself must understand on the phone: a yes, a no, a goodbye, a caller's language."""

import re
from collections.abc import Sequence
from typing import Literal

from channels.models import Language
from channels.transcripts.models import Utterance
from channels.transcripts.words import folded, words
from channels.written import has_devanagari

_WORD = re.compile(r"[\w\u0900-\u0963\u0966-\u097f]+")  # a danda is no part of a word
_LONGEST_ANSWER = 5


def yes_or_no(heard: Utterance) -> Literal["yes", "no"] | None:
    """The first of the ways it may have been meant that is one."""
    texts = [heard.best.text, heard.text, *(each.text for each in heard.alternatives)]
    return next((found for found in map(_yes_or_no, texts) if found), None)


def is_goodbye(text: str) -> bool:
    """Nothing but goodbye: "theek hai" alone is none, a word of leaving must be there."""
    said = _said(text)
    return bool(said) and set(said) <= words("goodbye") and bool(set(said) & words("leaving"))


def is_sure_goodbye(text: str) -> bool:
    """One that answers no question: "haan, rakhta hun" may be said of accounts, "phone rakhta hun" may not."""
    return is_goodbye(text) and bool(set(_said(text)) & words("surely_leaving"))


def language_of(text: str, hint: Language | None, last: Language | None) -> Language:
    """By the letters; Latin ones by a few words, else as before."""
    if has_devanagari(text):
        return "hi"
    if set(_said(text)) & words("hinglish"):
        return "hi-Latn"
    return hint or last or "en"


def _yes_or_no(text: str) -> Literal["yes", "no"] | None:
    said = _said(text)
    if not said or len(said) > _LONGEST_ANSWER:
        return None
    yes, no, other = (words(name) for name in ("yes", "no", "with_answer"))
    if _only(said, yes, other):
        return "yes"
    return "no" if _only(said, no, other) else None


def _only(said: Sequence[str], needed: frozenset[str], other: frozenset[str]) -> bool:
    return bool(set(said) & needed) and set(said) <= needed | other


def _said(text: str) -> list[str]:
    return [folded(word) for word in _WORD.findall(text)]
