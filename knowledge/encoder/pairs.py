"""What the encoder is tuned on: pairs of questions with one answer, in batches of different answers."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """Two questions that ask for `entry`."""

    entry: str
    one: str
    other: str


def pairs(texts: Sequence[str], entries: Sequence[str], rng: random.Random) -> list[Pair]:
    """Every text once as the first of a pair, beside another of its entry, whatever its language."""
    by_entry: dict[str, list[str]] = defaultdict(list)
    for text, entry in zip(texts, entries, strict=True):
        by_entry[entry].append(text)
    found = []
    for entry, mine in by_entry.items():
        distinct = sorted(set(mine))
        for text in distinct if len(distinct) > 1 else []:
            found.append(Pair(entry, text, rng.choice([other for other in distinct if other != text])))
    return found


def batches(of: Sequence[Pair], size: int, rng: random.Random) -> Iterator[list[Pair]]:
    """Batches in which no entry comes twice: every other pair of a batch is a wrong answer to each."""
    left: dict[str, list[Pair]] = defaultdict(list)
    for pair in rng.sample(list(of), len(of)):
        left[pair.entry].append(pair)
    while len(left) >= size:
        # The entries with most left first, so that the last batches are full too.
        chosen = sorted(left, key=lambda entry: (-len(left[entry]), rng.random()))[:size]
        yield [left[entry].pop() for entry in chosen]
        left = defaultdict(list, {entry: rest for entry, rest in left.items() if rest})
