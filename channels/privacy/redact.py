"""`redact`: a text without personal numbers, for whatever is kept, logged or shown to others than its writer.

Found are Aadhaar, PAN, bank accounts, cards, UPI ids, e-mail addresses, mobile numbers and one-time codes, in the
digits of every script and spoken in Hindi and English. Kept are application numbers, IFSC codes, dates, amounts,
pin codes and the helplines. In doubt a long number goes.
"""

import re
from collections.abc import Iterable, Iterator

from channels.privacy import addresses
from channels.privacy.numbers import numbers
from channels.privacy.pan import pans
from channels.privacy.runs import runs
from channels.privacy.tokens import BLANK, plain, tokens
from channels.privacy.words import load

KINDS = ("mobile", "aadhaar", "pan", "card", "account", "upi", "email", "code", "number")


def _spaced(number: str) -> str:
    """However its digits are grouped."""
    return r"[\s\-]{0,2}".join(number)


_DAY, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:19|20)\d\d"
_KEPT = re.compile(
    r"(?<![a-z0-9])(?:odop[\s/_\-–.]{0,3})?(?:mm|tk|md|cf)[\s/_\-–]{0,3}\d\d[\s/_\-–]{0,3}\d{6}(?!\d)"  # ODOP/MM/26/...
    r"|(?<![a-z0-9])[a-z]{4}0[a-z0-9]{6}(?![a-z0-9])"  # IFSC
    rf"|(?<![\d./\-])(?:{_DAY}[./\-](?:0?[1-9]|1[0-2])[./\-](?:{_YEAR})|{_YEAR}-(?:0[1-9]|1[0-2])-{_DAY})(?![\d./\-]\d|\d)"
    rf"|(?<![\d./\-–]){_YEAR}[\-–/]\d\d(?![\d./\-–])"  # 2024-25
    rf"|(?<!\d)(?:{'|'.join(map(_spaced, sorted(load().long_helplines)))})(?!\d)"
    rf"|\[(?:{'|'.join(KINDS)})\]"  # found before
)
_DIGIT = re.compile(r"\d", re.ASCII)
Span = tuple[int, int, str]


def redact(text: str) -> str:
    """Each number becomes a word for what it was, such as [mobile]."""
    pieces, at = [], 0
    for start, end, kind in _together(_spans(text)):
        pieces += [text[at:start], f"[{kind}]"]
        at = end
    return "".join([*pieces, text[at:]])


def _spans(text: str) -> Iterator[Span]:
    left = plain(text)
    typed = list(addresses.typed(left))
    yield from typed
    for start, end, _ in typed:
        left = left[:start] + BLANK * (end - start) + left[end:]
    if _DIGIT.search(left):
        left = _KEPT.sub(lambda match: BLANK * len(match[0]), left)
    words = tokens(left)
    all_runs = list(runs(words))
    for found in (*pans(words, all_runs, text), *addresses.spoken(words), *numbers(words, all_runs)):
        yield words[found.first].start, words[found.last].end, found.kind


def _together(spans: Iterable[Span]) -> list[Span]:
    """In order; what overlaps is one, named by its longest part."""
    merged: list[Span] = []
    longest = 0
    for start, end, kind in sorted(spans):
        if merged and start < merged[-1][1]:
            if end - start > longest:
                longest, merged[-1] = end - start, (merged[-1][0], merged[-1][1], kind)
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), merged[-1][2])
        else:
            merged.append((start, end, kind))
            longest = end - start
    return merged
