"""What was said before a message, and how it moves what the message may mean.

Chosen on benchmarks/talks (179 later turns: right 86 → 96, wrong 44 → 39) such that messages that have nothing to do
with the one before keep their answers (development messages in chance order, 711: right 668 → 670, wrong 20 → 19).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.entry import Entry
from knowledge.retrieval.head import Probabilities

SURE = 0.9  # from here on a message needs nothing from before
ENGAGED = 0.05  # weight of "out of scope" once the programme was spoken of: of 214 such messages 9 are
_TOGETHER = 0.35  # how much the message counts that is read together with the one before
_LEAST = 1e-4
_SAME_SUBJECT, _FOLLOWS = 2.0, 2.0


@dataclass(frozen=True)
class Before:
    """`entry` was answered last; `text` is the message before, empty where it was about something else."""

    entry: str = ""
    text: str = ""
    engaged: bool = False


NOTHING = Before()


def subject(entries: Mapping[str, Entry], label: str) -> str:
    """The scheme or topic of an entry; empty for what is none."""
    entry = entries.get(label)
    return (entry.scheme or entry.topic) if entry else ""


def likelier(labels: Sequence[str], entries: Mapping[str, Entry], last: str) -> Probabilities:
    """Weights of labels: what follows on the last answer, or is of its subject, is asked next more often."""
    if last not in entries:
        return np.ones(len(labels), dtype=np.float32)
    of_last, next_ = subject(entries, last), entries[last].follow_ups
    return np.array(
        [
            (_SAME_SUBJECT if subject(entries, label) == of_last else 1.0) * (_FOLLOWS if label in next_ else 1.0)
            for label in labels
        ],
        dtype=np.float32,
    )


def together(alone: Probabilities, joined: Probabilities, weights: Probabilities, strange: int) -> Probabilities:
    """The entries weighed by both readings; what is out of scope (label `strange`) stays as likely as it is alone."""
    found = np.maximum(alone, _LEAST) * np.maximum(joined, _LEAST) ** _TOGETHER * weights
    found[strange] = 0.0
    found *= (1.0 - alone[strange]) / (found.sum() or 1.0)
    found[strange] = alone[strange]
    return np.asarray(found, dtype=np.float32)
