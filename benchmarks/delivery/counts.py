"""What came of the messages: how long each took, and which were lost, repeated or in the wrong order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Moments = Mapping[str, Sequence[float]]  # of each person, in order


@dataclass(frozen=True)
class Fates:
    """Counted over all people."""

    lost: int = 0
    repeated: int = 0
    out_of_order: int = 0


def waits(written: Moments, accepted: Moments) -> list[float]:
    """Milliseconds from each webhook to its reply: a person's first reply answers their first message, and so on."""
    pairs = (
        (began, ended) for who in written for began, ended in zip(written[who], accepted.get(who, ()), strict=False)
    )
    return [(ended - began) * 1000 for began, ended in pairs]


def answered(written: Moments, accepted: Moments) -> int:
    return sum(min(len(written[who]), len(accepted.get(who, ()))) for who in written)


def fates(wanted: Mapping[str, Sequence[str]], got: Mapping[str, Sequence[str]]) -> Fates:
    """`wanted`: the replies each person must get, all different; `got`: what the provider took for them."""
    each = [_fates(wanted[who], got.get(who, ())) for who in wanted]
    strange = sum(len(texts) for who, texts in got.items() if who not in wanted)
    return Fates(
        sum(one.lost for one in each),
        sum(one.repeated for one in each) + strange,
        sum(one.out_of_order for one in each),
    )


def _fates(wanted: Sequence[str], got: Sequence[str]) -> Fates:
    first = list(dict.fromkeys(got))
    places = [wanted.index(text) for text in first if text in wanted]
    return Fates(len(wanted) - len(places), len(got) - len(places), _falls(places))


def _falls(places: Iterable[int]) -> int:
    """How many come after one that should have come later."""
    highest, found = -1, 0
    for place in places:
        found += place < highest
        highest = max(highest, place)
    return found
