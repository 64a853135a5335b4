"""Cuts a long text where a reader would pause."""

import re
from collections.abc import Callable, Iterator

import regex

# After a full stop, danda, question or exclamation mark, or at a line's end; not after "Rs." or "No.".
_SENTENCE_END = re.compile(r"(?<=[.!?।॥])(?<!\bRs\.)(?<!\bNo\.)\s+|\s*\n\s*")
_LETTER = regex.compile(r"\X")


def sentences(text: str) -> Iterator[str]:
    """The sentences, each with the space after it."""
    start = 0
    for border in _SENTENCE_END.finditer(text):
        yield text[start : border.end()]
        start = border.end()
    if start < len(text):
        yield text[start:]


def letters(text: str) -> list[str]:
    """As people see them: with their vowel signs and conjuncts, a flag or an emoji in one."""
    return _LETTER.findall(text)


def split(text: str, limit: int, size: Callable[[str], int]) -> list[str]:
    """Parts of at most `limit`: between sentences, else between words, else between letters."""
    parts = [""]
    for piece in _pieces(text, limit, size):
        if size((parts[-1] + piece).strip()) <= limit:
            parts[-1] += piece
        else:
            parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def _pieces(text: str, limit: int, size: Callable[[str], int]) -> Iterator[str]:
    for sentence in sentences(text):
        if size(sentence.strip()) <= limit:
            yield sentence
            continue
        for word in re.findall(r"\s*\S+\s*?(?=\s|$)", sentence):
            if size(word.strip()) <= limit:
                yield word
            else:
                yield from _filled(word, limit, size)


def _filled(word: str, limit: int, size: Callable[[str], int]) -> Iterator[str]:
    """As many letters at once as fit; only a letter that is itself too long is cut."""
    part = ""
    for letter in letters(word):
        for piece in [letter] if size(letter) <= limit else letter:
            if part and size((part + piece).strip()) > limit:
                yield part
                part = ""
            part += piece
    yield part
