"""PAN: five letters, four digits, a letter; typed, spaced, spelt out or spoken."""

from collections.abc import Iterable, Iterator, Sequence

from channels.privacy.numbers import Found
from channels.privacy.runs import Run, joined
from channels.privacy.tokens import Token, before
from channels.privacy.words import fold, load

_LETTERS, _DIGITS, _NEAR = 5, 4, 8
_PERSON = "P"  # the fourth letter of nearly everybody's


def pans(tokens: Sequence[Token], all_runs: Iterable[Run], original: str) -> Iterator[Found]:
    """Around four digits. `original`: only its capitals tell a PAN from words beside a year."""
    for run in all_runs:
        for reading in _readings(run):
            for first, last in _fours(tokens, reading):
                yield from _around(tokens, original, reading[first].first, reading[last].last)


def _readings(run: Run) -> list[Run]:
    read = joined(run)
    return [run] if read == run else [run, read]


def _fours(tokens: Sequence[Token], run: Run) -> Iterator[tuple[int, int]]:
    """From where to where groups make four digits, after what may be letters."""
    for first in range(len(run)):
        if not _may_end_letters(tokens, _skip(tokens, run[first].first - 1, -1)):
            continue
        count, last = len(run[first].digits), first
        while count < _DIGITS and last + 1 < len(run):
            last += 1
            count += len(run[last].digits)
        if count == _DIGITS:
            yield first, last


def _around(tokens: Sequence[Token], original: str, first: int, last: int) -> Iterator[Found]:
    start, end = _skip(tokens, first - 1, -1), _skip(tokens, last + 1, 1)
    if start < 0 or end >= len(tokens) or fold(tokens[end].text) not in load().letters:
        return
    begin = _spelt(tokens, start)
    if begin is None and _is_block(tokens, original, start, first):
        begin = start
    if begin is not None:
        yield Found(begin, end, "pan")


def _may_end_letters(tokens: Sequence[Token], at: int) -> bool:
    return at >= 0 and (len(tokens[at].text) == _LETTERS or fold(tokens[at].text) in load().letters)


def _skip(tokens: Sequence[Token], at: int, step: int) -> int:
    """Past one sign between the groups."""
    return at + step if 0 <= at < len(tokens) and tokens[at].text in "-./ ," else at


def _spelt(tokens: Sequence[Token], last: int) -> int | None:
    """Where five single letters that end at `last` begin; commas may stand between them."""
    letters, at = 0, last
    while at >= 0 and letters < _LETTERS:
        if fold(tokens[at].text) in load().letters:
            letters += 1
        elif tokens[at].text not in ".,-":
            return None
        at -= 1
    return at + 1 if letters == _LETTERS else None


def _is_block(tokens: Sequence[Token], original: str, at: int, digits: int) -> bool:
    """Five letters together, and something that shows they are no word."""
    token = tokens[at]
    written = original[token.start : token.end]
    if len(token.text) != _LETTERS or not (token.text.isascii() and token.text.isalpha()):
        return False
    is_tight = token.end == tokens[digits].start
    is_told = any(load().beside.get(fold(each.text)) == "pan" for each in before(tokens, at, _NEAR))
    return is_tight or is_told or (written.isupper() and written[3] == _PERSON)
