"""How well messages that mean the same are put together, by how far apart two groups may be at most.

Judged on the development messages that one entry answers: a good group has one entry's messages only (purity),
and an entry's messages are in few groups (together); each is the mean over messages (B-cubed).
"""

from collections import defaultdict
from collections.abc import Sequence

from benchmarks.tables import table
from benchmarks.understanding import messages
from knowledge.retrieval.groups import group
from knowledge.retrieval.search import Retriever

_TRIED = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)


def run() -> None:
    known = [each for each in messages.load() if each.kind == "entry" and len(each.expected) == 1]
    entries = [next(iter(each.expected)) for each in known]
    retriever, texts = Retriever.load(), [each.text for each in known]
    rows = [_row(apart, texts, entries, retriever) for apart in _TRIED]
    print(f"{len(known)} messages about {len(set(entries))} entries\n")
    print(table(["apart", "groups", "largest", "purity", "together", "F"], rows))


def _row(apart: float, texts: list[str], entries: list[str], retriever: Retriever) -> list[str]:
    groups = group(texts, retriever, apart)
    labels = [0] * len(texts)
    for number, each in enumerate(groups):
        for place in each.members:
            labels[place] = number
    purity, together = _share(labels, entries), _share(entries, labels)
    both = 2 * purity * together / (purity + together)
    figures = [f"{value:.3f}" for value in (purity, together, both)]
    return [f"{apart:.2f}", str(len(groups)), str(len(groups[0].members)), *figures]


def _share(ours: Sequence[object], theirs: Sequence[object]) -> float:
    """Of those that share a group with a message, how many share its other label too."""
    grouped: dict[object, list[object]] = defaultdict(list)
    for mine, other in zip(ours, theirs, strict=True):
        grouped[mine].append(other)
    shares = [grouped[mine].count(other) / len(grouped[mine]) for mine, other in zip(ours, theirs, strict=True)]
    return sum(shares) / len(shares)
