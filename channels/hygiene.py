"""Cleans a message before anything else reads it.

What a user cannot see must not reach the bot: control characters, joiners, direction
overrides and Unicode tags can hide commands from a reader or break a tracker store (NUL).
A leading "/" would be a command to Rasa.
"""

import re
import unicodedata
from dataclasses import dataclass

from channels.models import Kind
from channels.written import has_devanagari

# Invisible, although Unicode calls them letters, marks or symbols.
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    "\u20e3"  # the box of a keycap: "1" in a box is a "1"
)
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_LEADING_SLASHES = re.compile(r"^[\s/\u2044\u2215\uff0f]+")


@dataclass(frozen=True)
class CleanText:
    """A message that is safe to pass on."""

    text: str
    kind: Kind

    @property
    def is_devanagari(self) -> bool:
        return has_devanagari(self.text)


def clean(raw: str) -> CleanText:
    """Without anything invisible, on one line, without a leading slash."""
    text = _LEADING_SLASHES.sub("", visible(raw))
    if has_words(text):
        return CleanText(text, "text")
    return CleanText("", "no_words")


def visible(raw: str) -> str:
    """What a person would see of it, on one line."""
    return " ".join("".join(_visible(character) for character in raw).split())


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit: without one the bot would guess."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    if character in _BLANK or any(ord(character) in block for block in _SELECTORS):
        return ""
    # Cc control, Cf format (joiners, overrides, tags), Cs surrogate, Co private, Cn unassigned
    return "" if unicodedata.category(character)[0] == "C" else character
