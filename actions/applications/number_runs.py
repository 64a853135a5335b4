"""Finds stretches of a message that can be one number: typed, spelt out or spoken."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from actions.applications import number_words
from knowledge.amounts.tokens import latin_digits
from knowledge.text.normalise import clean, fold

_TOKEN = re.compile(r"[a-z]+|[0-9]+|[\u0900-\u0963\u0970-\u097f]+|\S")
_INSIDE = frozenset("/-_.,:#()'\"–—−\\|")  # signs that may stand between the parts of a number
_JOINS = frozenset("/-_–—−\\")  # signs that tie a word to the number beside it

Kind = Literal["typed", "letters", "spoken", "tens", "repeat", "sign"]


@dataclass(frozen=True)
class Run:
    """What a stretch may say, in capitals without signs: as one, likeliest first, or word by word."""

    whole: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Token:
    text: str
    glued: bool  # nothing stands between it and the one before


@dataclass(frozen=True)
class _Piece:
    kind: Kind
    text: str
    doubtful: bool = False
    glued: bool = False


def runs(text: str) -> Iterator[Run]:
    run: list[_Piece] = []
    for piece in [*_pieces(text), None]:
        if piece is not None:
            run.append(piece)
            continue
        whole = tuple(dict.fromkeys(filter(None, (_join(_without_doubtful(run)), _join(run)))))
        if whole:
            yield Run(whole, tuple(filter(None, map(_join, _words(run)))))
        run = []


def _pieces(text: str) -> Iterator[_Piece | None]:
    """None where something stands that is no part of a number."""
    tokens = _tokens(text)
    for i, token in enumerate(tokens):
        piece = _piece(token, _ties(tokens, i))
        yield replace(piece, glued=token.glued) if piece else None


def _words(run: list[_Piece]) -> list[list[_Piece]]:
    """Parted where spaces are."""
    words: list[list[_Piece]] = []
    for piece in run:
        if words and piece.glued:
            words[-1].append(piece)
        else:
            words.append([piece])
    return words


def _tokens(text: str) -> list[_Token]:
    plain = latin_digits(clean(unicodedata.normalize("NFKC", text))).lower()
    found = list(_TOKEN.finditer(plain))
    ends = [0, *(match.end() for match in found)]
    return [_Token(match[0], match.start() == end) for match, end in zip(found, ends, strict=False)]


def _ties(tokens: list[_Token], i: int) -> tuple[bool, bool]:
    """Whether letters at `i` touch digits, and whether a sign ties them to a word or digits beside them."""
    after = tokens[i + 1] if i + 1 < len(tokens) and tokens[i + 1].glued else None
    before = tokens[i - 1] if i and tokens[i].glued else None
    touches = any(t is not None and t.text.isdecimal() for t in (before, after))
    beyond_after = i + 2 < len(tokens) and tokens[i + 2].glued and tokens[i + 2].text.isalnum()
    beyond_before = i > 1 and tokens[i - 1].glued and tokens[i - 2].text.isalnum()
    tied = (after is not None and after.text in _JOINS and beyond_after) or (
        before is not None and before.text in _JOINS and beyond_before
    )
    return touches, tied


def _piece(token: _Token, ties: tuple[bool, bool]) -> _Piece | None:
    touches, tied = ties
    if token.text.isdecimal():
        return _Piece("typed", token.text)
    if token.text in _INSIDE:
        return _Piece("sign", "")
    word = fold(token.text)
    if touches and token.text.isascii() and token.text.isalpha():
        return _Piece("letters", token.text) if word not in number_words.load().never else None
    return _named(word) or (_Piece("letters", token.text) if _is_letters(token.text, tied) else None)


def _named(word: str) -> _Piece | None:
    """A word with a meaning of its own in a number."""
    words = number_words.load()
    doubtful = word in words.doubtful
    if word in words.spoken:
        return _Piece("spoken", words.spoken[word], doubtful)
    if word in words.tens:
        return _Piece("tens", words.tens[word], doubtful)
    if word in words.repeats:
        return _Piece("repeat", str(words.repeats[word]))
    if word in words.letters:
        return _Piece("letters", words.letters[word], doubtful)
    return _Piece("sign", "", doubtful) if word in words.signs else None


def _is_letters(word: str, tied: bool) -> bool:
    """Latin letters that can be part of a number: single, O for zeros, known codes, or tied to it by a sign."""
    if not word.isascii() or not word.isalpha() or word in number_words.load().never:
        return False
    return len(word) == 1 or set(word) == {"o"} or tied or bool(number_words.load().codes.fullmatch(word))


def _without_doubtful(run: list[_Piece]) -> list[_Piece]:
    """Drops everyday words at the edges, where what they stand beside is not spelt or spoken too."""
    run = [piece for piece in run if piece.kind != "sign"]
    while len(run) > 1 and _stray(run[0], run[1]):
        run = run[1:]
    while len(run) > 1 and _stray(run[-1], run[-2]):
        run = run[:-1]
    return run


def _stray(edge: _Piece, beside: _Piece) -> bool:
    doubtful = edge.doubtful or (edge.kind == "letters" and edge.text in number_words.load().doubtful)
    return doubtful and beside.kind == "typed" and len(beside.text) > 1


def _join(run: list[_Piece]) -> str:
    """What the pieces say together: "double five" is 55, "twenty six" 26."""
    pieces = [piece for piece in run if piece.kind != "sign"]
    said = ""
    for i, piece in enumerate(pieces):
        before = pieces[i - 1] if i else None
        if piece.kind == "repeat":
            continue
        if before is not None and before.kind == "tens" and piece.kind == "spoken" and piece.text in "123456789":
            said = said[:-1]
        times = int(before.text) if before is not None and before.kind == "repeat" and len(piece.text) == 1 else 1
        said += piece.text.upper() * times
    return said
