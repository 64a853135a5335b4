"""What was said before a message, and how it moves what the message may mean.

Chosen on benchmarks/talks (168 later turns about entries; each read alone 65 right, 24 wrong, 25 offered) such that
messages that have nothing to do with the one before keep their answers (710 development messages in chance order;
alone 666, 17, 25): 88 right, 31 wrong, 26 offered and 671, 21, 15; with `IN_TALK` 71, 17, 46 and 647, 11, 47.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.entry import Entry
from knowledge.retrieval.head import Probabilities

SURE = 0.9  # from here on a message needs nothing from before
IN_TALK = 0.8  # how likely an answer must be once the programme was spoken of: below, one in three was wrong
ENGAGED = 0.05  # weight of "out of scope" once the programme was spoken of: of 214 such messages 9 are
_TOGETHER = 0.35  # how much the message counts that is read together with the one before
_LEAST = 1e-4
_SAME_SUBJECT, _FOLLOWS = 2.0, 2.0
# Weight of entries about another subject, in a message that points back or is short. In a longer one "it" may well mean
# something in the message itself ("my loan came, can I use it for ..."): a sure reading outweighs it.
_POINTING, _POINTING_LONG, _SHORT = 0.0001, 0.03, 0.01
_LONG = 8  # words


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


def of_subject(subjects: Sequence[str], of_last: str, words: int, pointing: bool) -> Probabilities:
    """Weights of labels, whose `subjects` these are, for a message that points back or is short."""
    elsewhere = (_POINTING_LONG if words >= _LONG else _POINTING) if pointing else _SHORT
    return np.array([1.0 if each == of_last else elsewhere for each in subjects], dtype=np.float32)


def together(alone: Probabilities, joined: Probabilities, weights: Probabilities, strange: int) -> Probabilities:
    """The entries weighed by both readings; what is out of scope (label `strange`) stays as likely as it is alone."""
    found = np.maximum(alone, _LEAST) * np.maximum(joined, _LEAST) ** _TOGETHER * weights
    found[strange] = 0.0
    found *= (1.0 - alone[strange]) / (found.sum() or 1.0)
    found[strange] = alone[strange]
    return np.asarray(found, dtype=np.float32)
