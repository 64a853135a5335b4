"""Stretches of a text that can be one number, typed or spoken, in parts of which nothing but signs stands."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from channels.privacy.tokens import Token
from channels.privacy.words import fold, load, number_word

_SIGNS = frozenset("-–—−.,/()'\"_+‐‑")
_MOST_JOINERS = 4  # signs and small words in a row


class Piece(NamedTuple):
    """A group of digits, or a number word. `first` and `last` are its places among the tokens."""

    kind: str  # typed, amount (6,25,000), said, tens
    digits: str
    first: int
    last: int
    is_doubtful: bool = False


Run = list[Piece]


def runs(tokens: Sequence[Token]) -> Iterator[Run]:
    run: Run = []
    at, joiners = 0, 0
    while at < len(tokens):
        piece = _piece(tokens, at)
        if piece:
            run.append(piece)
            at, joiners = piece.last + 1, 0
            continue
        joiners += 1
        if run and (joiners > _MOST_JOINERS or not _joins(tokens[at].text)):
            yield run
            run = []
        at += 1
    if run:
        yield run


def joined(run: Run) -> Run:
    """Twenty six as 26: the other reading, 20 and 6, is the run as it is."""
    pieces: Run = []
    for piece in run:
        before = pieces[-1] if pieces else None
        if before and before.kind == "tens" and piece.kind == "said" and piece.digits in "123456789":
            pieces[-1] = Piece("said", before.digits[0] + piece.digits, before.first, piece.last)
        else:
            pieces.append(piece)
    return pieces


def digits_of(run: Sequence[Piece]) -> str:
    return "".join(piece.digits for piece in run)


def _piece(tokens: Sequence[Token], at: int) -> Piece | None:
    text = tokens[at].text
    if text[0].isdecimal():
        return Piece("amount" if "," in text else "typed", text.replace(",", ""), at, at)
    word = number_word(text)
    if word is None:
        return None
    kind, digits, is_doubtful = word
    return _repeated(tokens, at, int(digits)) if kind == "repeat" else Piece(kind, digits, at, at, is_doubtful)


def _repeated(tokens: Sequence[Token], at: int, times: int) -> Piece | None:
    """Double nine."""
    piece = _piece(tokens, at + 1) if at + 1 < len(tokens) else None
    if piece and len(piece.digits) == 1:
        return Piece("said", piece.digits * times, at, piece.last)
    return None


def _joins(text: str) -> bool:
    return text in _SIGNS or fold(text) in load().joiners
