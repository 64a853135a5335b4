"""What stands beside a number and says what it is."""

from collections.abc import Sequence

from channels.privacy.runs import Run
from channels.privacy.tokens import Token, after, before
from channels.privacy.words import fold, load

_BEFORE, _AFTER, _CLOSE = 6, 4, 3


def kinds_beside(tokens: Sequence[Token], run: Run) -> dict[str, int]:
    """How near each kind's word is, in words."""
    first, last = run[0].first, run[-1].last
    places = [first - 1 - i for i in range(len(before(tokens, first, _BEFORE)))]
    places += [last + 1 + i for i in range(len(after(tokens, last, _AFTER)))]
    near: dict[str, int] = {}
    for place in places:
        kind = _kind(tokens, place)
        if kind:
            distance = first - place if place < first else place - last
            near[kind] = min(distance, near.get(kind, distance))
    return near


def is_close(near: dict[str, int], kind: str) -> bool:
    return near.get(kind, _BEFORE + 1) <= _CLOSE


def is_measured(tokens: Sequence[Token], run: Run) -> bool:
    """An amount of money, a share or a time."""
    first, last = run[0].first, run[-1].last
    is_marked = first > 0 and tokens[first - 1].text in ("₹", "rs", "inr")
    beyond = tokens[last + 1].text if last + 1 < len(tokens) else ""
    return is_marked or beyond == "%" or fold(beyond) in load().measures


def _kind(tokens: Sequence[Token], at: int) -> str | None:
    words = load()
    word = fold(tokens[at].text)
    kind = words.beside.get(word)
    if kind == "code" and at and fold(tokens[at - 1].text) in words.other_codes:
        return None
    if kind == "pin" and at + 1 < len(tokens) and words.beside.get(fold(tokens[at + 1].text)) == "code":
        return None
    return kind or ("code" if _is_spelt_otp(tokens, at) else None)


def _is_spelt_otp(tokens: Sequence[Token], at: int) -> bool:
    """O T P, or ओ टी पी."""
    words = load()
    if words.letters.get(fold(tokens[at].text)) != "p":
        return False
    letters = [fold(token.text) for token in tokens[max(0, at - 2) : at]]
    return [words.letters.get(letter) for letter in letters] == ["o", "t"]
