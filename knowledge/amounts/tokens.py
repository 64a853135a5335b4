"""A text in words, numbers and signs, each with its place."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.text.normalise import fold

DATE, CODE, NUMBER, WORD = "date", "code", "number", "word"

# What is tried first wins. A code is a run of digits that counts nothing: a telephone number, a time of day.
_PATTERN = re.compile(
    r"""
    (?P<code> https?://\S+ | www\.\S+ | [\w.+-]{1,64}@[\w.-]{1,64}
        | \d{1,2}:\d\d(?::\d\d)? (?!\d)
        | \+?\d{10,} | \+\d[\d-]{8,} | \d{5}[ -]\d{5}(?!\d) | \d{4}[ -]\d{4}[ -]\d{4}(?!\d)
        | 1[89]00[ -]?\d{3,4}[ -]?\d{3,4}(?!\d) )
    | (?P<date> \d{1,2}(?P<sign>[/.-])\d{1,2}(?P=sign)(?:\d{4}|\d{2})(?!\d) | \d{4}-\d{1,2}-\d{1,2}(?!\d) )
    | (?P<version> \d+(?:\.\d+){2,} )
    | (?P<number> \d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)? | \d+(?:\.\d+)? | (?<!\S)\.\d+ )
    | (?P<word> (?: [^\W\d_] | [\u0900-\u0963\u0970-\u097f\u200c\u200d] )+ | [₹%] )
    """,
    re.VERBOSE,
)
_CLAUSE_END = re.compile(r"[?!;।॥\n|]|\.(?:\s|$)|[.…]{2}")


@dataclass(frozen=True)
class Token:
    """`word` is folded, or a number's digits without grouping; `gap` is what stands before it, spaces included."""

    kind: str
    word: str
    start: int
    end: int
    gap: str

    @property
    def is_number(self) -> bool:
        return self.kind == NUMBER

    @property
    def glued(self) -> bool:
        """Whether nothing parts it from the token before."""
        return not self.gap and self.start > 0

    @property
    def new_clause(self) -> bool:
        return _CLAUSE_END.search(self.gap) is not None


Tokens = Sequence[Token]


def tokenise(text: str) -> list[Token]:
    """All tokens in order; `start` and `end` are places in `text`."""
    found, last = [], 0
    for match in _PATTERN.finditer(text):
        found.append(_token(match, text[last : match.start()]))
        last = match.end()
    return found


def _token(match: re.Match[str], gap: str) -> Token:
    kind = match.lastgroup or WORD
    if kind in (WORD, NUMBER):
        word = fold(match.group()) if kind == WORD else _plain_digits(match.group())
        word = match.group() if match.group() in "₹%" else word
    else:
        word, kind = _plain_digits(match.group()), DATE if match["date"] else CODE
    return Token(kind, word, match.start(), match.end(), gap)


def latin_digits(text: str) -> str:
    """Digits of any script as 0-9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _plain_digits(text: str) -> str:
    """... without grouping."""
    return latin_digits(text).replace(",", "")


def word(tokens: Tokens, place: int) -> str:
    """The word at a place; empty outside the text and for anything but a word."""
    token = at(tokens, place)
    return token.word if token and token.kind == WORD else ""


def at(tokens: Tokens, place: int) -> Token | None:
    return tokens[place] if 0 <= place < len(tokens) else None


def same_clause(tokens: Tokens, first: int, last: int) -> bool:
    """Whether no clause ends between two places."""
    return not any(token.new_clause for token in tokens[first + 1 : last + 1])
