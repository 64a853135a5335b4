"""Personal numbers among the runs of digits of a text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from channels.privacy.beside import is_close, is_measured, kinds_beside
from channels.privacy.checks import CARD_LENGTHS, is_mobile, kind_of
from channels.privacy.runs import Piece, Run, digits_of, joined
from channels.privacy.tokens import Token
from channels.privacy.words import load

LONG = 9  # digits: no amount, date or pin code has as many
_LONGEST = max(CARD_LENGTHS)
_MOBILE = 10
_CODE, _PIN = range(4, 9), 4
_YEARS = range(1900, 2100)
_GROUPS = {(4, 4, 4): "aadhaar", (4, 4, 4, 4): "card"}
_NAMED = ("aadhaar", "card", "account", "mobile")


class Found(NamedTuple):
    """Places among the tokens, the last one too."""

    first: int
    last: int
    kind: str


def numbers(tokens: Sequence[Token], all_runs: Iterable[Run]) -> Iterator[Found]:
    for run in all_runs:
        for part in _without_helplines(run):
            yield from _in(tokens, part)


def _without_helplines(run: Run) -> list[Run]:
    """What stands before and after the long number of a helpline: parts of it look like a mobile."""
    said = digits_of(run)
    if not any(helpline in said for helpline in load().long_helplines):
        return [run] if run else []
    for first in range(len(run)):
        digits = ""
        for last in range(first, len(run)):
            digits += run[last].digits
            if not any(helpline.startswith(digits) for helpline in load().long_helplines):
                break
            if digits in load().long_helplines:
                return [part for part in (run[:first], *_without_helplines(run[last + 1 :])) if part]
    return [run] if run else []


def _in(tokens: Sequence[Token], run: Run) -> Iterator[Found]:
    read = joined(run)
    if len(digits_of(run)) < min(_CODE):
        return
    if digits_of(read) in load().helplines or is_measured(tokens, run):
        yield from _checked(run, read)
        return
    near = kinds_beside(tokens, run)
    named = next((kind for kind in _NAMED if kind in near), None)
    spoken = list(_spoken(read, named)) or list(_spoken(run, named))  # "forty two" may be three digits
    if spoken and (spoken[0].first, spoken[0].last) == (run[0].first, run[-1].last):
        yield spoken[0]
        return
    told = list(_told(read, near, named)) or _told(run, near, None)  # "zero forty one" may be a code of four digits
    yield from (*_checked(run, read), *spoken, *_unbroken(read, named), *_shaped(read), *told)


def _checked(*readings: Run) -> Iterator[Found]:
    """By both readings where there are two."""
    first, second = readings
    yield from _groups(first)
    if second != first:
        yield from _groups(second)


def _groups(run: Run) -> Iterator[Found]:
    """Groups that together are a mobile, Aadhaar or card number: the longest from each place on."""
    at = 0
    while at < len(run):
        found = _from(run, at)
        if found:
            yield Found(run[at].first, run[found[0]].last, found[1])
        at = found[0] + 1 if found else at + 1


def _from(run: Run, at: int) -> tuple[int, str] | None:
    digits, best = "", None
    for end in range(at, len(run)):
        digits += run[end].digits
        if len(digits) > _LONGEST:
            break
        kind = kind_of(digits) if len(digits) > LONG else None
        if kind and _is_one(run[at : end + 1], kind):
            best = (end, kind)
    return best


def _is_one(pieces: Run, kind: str) -> bool:
    """Not several amounts or years in a row, whose digits happen to fit."""
    if len(pieces) == 1:
        return True
    groups = [piece.digits for piece in pieces if piece.kind in ("typed", "amount")]
    if any(piece.kind == "amount" for piece in pieces) or (kind == "card" and max(map(len, groups), default=0) > 6):
        return False
    return len(groups) < len(pieces) or not (all(map(_is_year, groups)) or all(g.endswith("00") for g in groups))


def _is_year(group: str) -> bool:
    return len(group) == 4 and int(group) in _YEARS


def _unbroken(run: Run, named: str | None) -> Iterator[Found]:
    for piece in run:
        if piece.kind in ("typed", "amount") and len(piece.digits) >= LONG and piece.digits not in load().helplines:
            yield Found(piece.first, piece.last, named or "number")


def _spoken(run: Run, named: str | None) -> Iterator[Found]:
    """Spoken, or typed digit by digit: so long a row is no amount."""
    for stretch in _stretches(run):
        digits = digits_of(stretch)
        if len(digits) >= LONG and digits not in load().helplines:
            kind = kind_of(digits) or named or ("mobile" if _holds_mobile(digits) else "number")
            yield Found(stretch[0].first, stretch[-1].last, kind)


def _holds_mobile(digits: str) -> bool:
    """With a word before or after it that means a digit too: "nau ... ek bata do"."""
    return is_mobile(digits[:_MOBILE]) or is_mobile(digits[-_MOBILE:])


def _stretches(run: Run) -> Iterator[Run]:
    stretch: Run = []
    for piece in run:
        if piece.kind in ("said", "tens") or len(piece.digits) <= 2:
            stretch.append(piece)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _shaped(run: Run) -> Iterator[Found]:
    """Grouped as on the card, with a slip in a digit."""
    kind = _GROUPS.get(tuple(len(piece.digits) for piece in run))
    if kind and not all(_is_year(piece.digits) for piece in run):
        yield Found(run[0].first, run[-1].last, kind)


def _told(run: Run, near: dict[str, int], named: str | None) -> Iterator[Found]:
    """What a word beside it says it is."""
    run = _trimmed(run)
    count = len(digits_of(run))
    if named and LONG <= count <= _LONGEST and not any(piece.kind == "amount" for piece in run):
        yield Found(run[0].first, run[-1].last, named)
    elif _is_code(run, near, count):
        yield Found(run[0].first, run[-1].last, "code")


def _is_code(run: Run, near: dict[str, int], count: int) -> bool:
    if digits_of(run) in load().helplines or (len(run) == 1 and run[0].kind == "amount"):
        return False
    if len(run) == 1 and _is_year(run[0].digits) and not is_close(near, "code"):
        return False
    return ("code" in near and count in _CODE) or ("pin" in near and count == _PIN)


def _trimmed(run: Run) -> Run:
    """Without everyday words at the edges of a typed number."""
    while len(run) > 1 and _is_stray(run[0], run[1]):
        run = run[1:]
    while len(run) > 1 and _is_stray(run[-1], run[-2]):
        run = run[:-1]
    return run


def _is_stray(edge: Piece, beside: Piece) -> bool:
    return edge.is_doubtful and beside.kind in ("typed", "amount") and len(beside.digits) > 1
