"""Entries that steal each other's questions: every question is asked of a head that has not seen it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.entries_loader import Library
from knowledge.retrieval import calibrate, train
from knowledge.retrieval.calibration import Calibration


@dataclass(frozen=True)
class Confusion:
    """`count` questions of `wanted` went to `found`; `example` is one of them."""

    wanted: str
    found: str
    count: int
    example: str


@dataclass(frozen=True)
class Confusions:
    """`right`: share of questions whose entry came first, by language."""

    right: dict[str, float]
    pairs: list[Confusion]


def confusions(library: Library) -> Confusions:
    """Over all questions in five folds, or over those a tuned encoder has not seen; a minute or two."""
    of = train.material(library)
    unseen = calibrate.unseen(of, calibrate.folds_unseen_by_encoder())
    found = calibrate.reranked(unseen, Calibration.load().weights)
    first = [unseen.labels[i] for i in found.argmax(axis=1)]
    hits: dict[str, list[bool]] = defaultdict(list)
    stolen: dict[tuple[str, str], list[str]] = defaultdict(list)
    for question, got in zip((of.asked[case.place] for case in unseen.cases), first, strict=True):
        hits[question.language].append(question.entry == got)
        if question.entry != got:
            stolen[question.entry, got].append(question.text)
    right = {code: sum(mine) / len(mine) for code, mine in sorted(hits.items())}
    pairs = [Confusion(a, b, len(texts), texts[0]) for (a, b), texts in stolen.items()]
    return Confusions(right, sorted(pairs, key=lambda c: (-c.count, c.wanted, c.found)))


def robbed(pairs: Sequence[Confusion], top: int) -> list[tuple[str, int]]:
    """The entries that lose most questions, whoever gets them."""
    lost: Counter[str] = Counter()
    for one in pairs:
        lost[one.wanted] += one.count
    return lost.most_common(top)
