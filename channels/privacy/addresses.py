"""UPI ids, typed or spoken ("ramesh at ybl"), and e-mail addresses."""

import re
from collections.abc import Iterator, Sequence

from channels.privacy.numbers import Found
from channels.privacy.tokens import Token
from channels.privacy.words import Words, fold, load

_ADDRESS = re.compile(r"(?<![\w.\-])[\w.\-]{2,}@[a-z][a-z0-9\-]+((?:\.[a-z0-9\-]+)*)")
_OFFICES = re.compile(r"\.(?:gov|nic)\.in\b|\.gov\b")


def typed(plain: str) -> Iterator[tuple[int, int, str]]:
    for match in _ADDRESS.finditer(plain):
        if not match[1]:
            yield *match.span(), "upi"
        elif not _OFFICES.search(match[0]):
            yield *match.span(), "email"


def spoken(tokens: Sequence[Token]) -> Iterator[Found]:
    words = load()
    for at, token in enumerate(tokens):
        if at and (token.text == "@" or fold(token.text) in words.at):
            last = _handle(tokens, at + 1, words)
            if last is not None:
                yield Found(_name(tokens, at - 1, words), last, "upi")


def _handle(tokens: Sequence[Token], at: int, words: Words) -> int | None:
    """Past "the rate"; a handle may be written as two words, ok sbi."""
    while at < len(tokens) and fold(tokens[at].text) in words.rate:
        at += 1
    for count in (2, 1):
        said = [fold(token.text) for token in tokens[at : at + count]]
        if len(said) == count and "".join(said) in words.handles:
            return at + count - 1
    return None


def _name(tokens: Sequence[Token], at: int, words: Words) -> int:
    """Where the name before the sign begins: digits and words tied by dots belong to it."""
    while at > 0:
        here, before = fold(tokens[at].text), fold(tokens[at - 1].text)
        ties = words.dot | {".", "-", "_"}
        is_number = _is_number(here, words) and before[0].isalnum()
        if not (here in ties or before in ties or is_number):
            break
        at -= 1
    return at


def _is_number(word: str, words: Words) -> bool:
    return word[0].isdecimal() or word in words.numbers or word in words.tens or word in words.repeats
