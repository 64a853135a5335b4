"""Texts that are kept for people to read."""

import unicodedata

LONGEST = 4000


def bearable(text: str) -> str:
    """Its lines, without what a database or a screen cannot bear (NUL, surrogates, other controls)."""
    kept = (each for each in text[:LONGEST] if each == "\n" or unicodedata.category(each) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def one_line(text: str) -> str:
    return " ".join(bearable(text).split())


def has_devanagari(text: str) -> bool:
    return any("\u0900" <= character <= "\u097f" for character in text)
