"""Cuts a long text where a reader would pause."""

import re
import unicodedata
from collections.abc import Callable, Iterator

# After a full stop, danda, question or exclamation mark, or at a line's end; not after "Rs." or "No.".
_SENTENCE_END = re.compile(r"(?<=[.!?।॥])(?<!\bRs\.)(?<!\bNo\.)\s+|\n+")
_VIRAMA = "\u094d"


def sentences(text: str) -> Iterator[str]:
    """The sentences, each with the space after it."""
    start = 0
    for border in _SENTENCE_END.finditer(text):
        yield text[start : border.end()]
        start = border.end()
    if start < len(text):
        yield text[start:]


def split(text: str, limit: int, size: Callable[[str], int]) -> list[str]:
    """Parts of at most `limit`: between sentences, else between words, else between letters."""
    parts = [""]
    for piece in _pieces(text, limit, size):
        if size((parts[-1] + piece).rstrip()) <= limit:
            parts[-1] += piece
        else:
            parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def _pieces(text: str, limit: int, size: Callable[[str], int]) -> Iterator[str]:
    for sentence in sentences(text):
        if size(sentence.rstrip()) <= limit:
            yield sentence
            continue
        for word in re.findall(r"\s*\S+\s*?(?=\s|$)", sentence):
            yield from _letters(word, limit, size)


def _letters(word: str, limit: int, size: Callable[[str], int]) -> Iterator[str]:
    while size(word.strip()) > limit:
        cut = 1
        while cut < len(word) and size(word[: cut + 1].strip()) <= limit:
            cut += 1
        cut = _between_letters(word, cut)
        yield word[:cut]
        word = word[cut:]
    yield word


def _between_letters(word: str, cut: int) -> int:
    """The nearest place before `cut` that does not part a letter from its signs."""
    for place in range(cut, max(cut - 10, 0), -1):
        if not unicodedata.category(word[place]).startswith("M") and word[place - 1] != _VIRAMA:
            return place
    return cut
