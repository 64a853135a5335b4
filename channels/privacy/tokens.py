"""A text in words, digits and signs, each with its place in the original."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?<![\d,])(?:\d{1,3}(?:,\d{2})*|\d{1,3}(?:,\d{3})*),\d{3}(?![\d,]|\x00)"  # an amount, 6,25,000
    r"|\d(?:\x00*\d)*"
    r"|(?<![a-z])a/c(?![a-z])|[a-z]+"
    r"|[\u0900-\u0963\u0970-\u097f](?:\x00*[\u0900-\u0963\u0970-\u097f])*"
    r"|[^\s\x00]"
)
_UNSEEN, _LINE = "\x00", "\n"
BLANK = "\x01"  # stands where something was found or is kept
ENDS = frozenset(".।?!;॥")


class Token(NamedTuple):
    text: str
    start: int
    end: int


class _Plain(dict[int, str]):
    """One sign for each sign, so that places stay: digits of every script become ours."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        digit = unicodedata.digit(sign, None)
        if digit is not None:
            plain = str(digit)
        elif unicodedata.category(sign) == "Cf" or sign in "\ufe0e\ufe0f\u20e3\x01":
            plain = _UNSEEN
        else:
            plain = unicodedata.normalize("NFKC", sign).lower()
            plain = plain if len(plain) == 1 else sign
        self[code] = plain
        return plain


_PLAIN = _Plain()


def plain(text: str) -> str:
    """As long as the text."""
    return text.translate(_PLAIN)


def tokens(text: str) -> list[Token]:
    return [Token(match[0].replace(_UNSEEN, ""), *match.span()) for match in _TOKEN.finditer(text)]


def before(found: Sequence[Token], at: int, count: int) -> list[Token]:
    """The tokens of the same sentence before `at`, the nearest first."""
    return _until_end(found[max(0, at - count) : at][::-1])


def after(found: Sequence[Token], at: int, count: int) -> list[Token]:
    return _until_end(found[at + 1 : at + 1 + count])


def _until_end(some: Sequence[Token]) -> list[Token]:
    end = next((i for i, token in enumerate(some) if token.text in ENDS), len(some))
    return list(some[:end])
