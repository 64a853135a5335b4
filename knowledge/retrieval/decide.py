"""What is done with a message, by how likely the labels are: answered, choices offered, or honestly neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.retrieval.questions import OUT_OF_SCOPE

Zone = Literal["answer", "choices", "out_of_scope", "unknown"]

_SURELY_NOT_OURS = 0.6
_MOST_CHOICES = 3
_WORTH_OFFERING = 0.08


@dataclass(frozen=True)
class Hit:
    entry: str
    probability: float


@dataclass(frozen=True)
class Result:
    """`hits`: the entry to answer with, or those to offer, best first; empty for the other zones."""

    zone: Zone
    hits: tuple[Hit, ...]
    language: str


Decision = tuple[Zone, tuple[Hit, ...]]


def decide(probabilities: Sequence[tuple[str, float]], threshold: float) -> Decision:
    """The zone for one message; `probabilities` are (label, probability), best first."""
    label, best = probabilities[0]
    if label == OUT_OF_SCOPE and best >= _SURELY_NOT_OURS:
        return "out_of_scope", ()
    if label != OUT_OF_SCOPE and best >= threshold:
        return "answer", (Hit(label, best),)
    offered = [Hit(name, p) for name, p in probabilities if name != OUT_OF_SCOPE and p >= _WORTH_OFFERING]
    return ("choices", tuple(offered[:_MOST_CHOICES])) if offered else ("unknown", ())
