"""Messages that mean the same, put together without knowing how many groups there are; and the entries near each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.encoder.serve import Encoder, Vectors
from knowledge.retrieval.decide import Hit
from knowledge.retrieval.features import Spot
from knowledge.retrieval.questions import OUT_OF_SCOPE
from knowledge.retrieval.search import Retriever
from knowledge.text.normalise import clean

# Cosine distance up to which two groups become one, on average over their messages. Of 599 development messages
# about 187 entries (`python -m benchmarks groups`) nine in ten then share a group with their own entry's only.
APART = 0.6
_NEAR = 3
_REMEMBERED = 8192  # vectors; one takes the encoder milliseconds, and most texts were there the last time

Places = npt.NDArray[Any]


@dataclass(frozen=True)
class Group:
    """`members` are places in the list that was given, the one nearest the middle first; `near`: entries like it."""

    members: tuple[int, ...]
    near: tuple[Hit, ...]


def group(texts: Sequence[str], retriever: Retriever, apart: float = APART) -> list[Group]:
    """The largest first. A message like no other is a group of its own."""
    spots = [_spot(text, retriever) for text in texts]
    if not spots:
        return []
    vectors = np.stack([spot.here for spot in spots])
    labels = _labels(vectors, apart)
    found = [_from_the_middle(vectors, np.flatnonzero(labels == label)) for label in range(int(labels.max()) + 1)]
    groups = [Group(members, _near(spots[members[0]], retriever)) for members in found]
    return sorted(groups, key=lambda each: (-len(each.members), each.members))


def _spot(text: str, retriever: Retriever) -> Spot:
    text = clean(text)
    read = retriever.readers.read(text, retriever.language(text))
    return retriever.head.spot(read, _meaning(read.hindi, retriever.readers.encoder))


@lru_cache(_REMEMBERED)
def _meaning(text: str, encoder: Encoder) -> Vectors:
    found: Vectors = encoder([text])[0]
    return found


def _labels(vectors: Vectors, apart: float) -> Places:
    if len(vectors) == 1:
        return np.zeros(1, dtype=int)
    from sklearn.cluster import AgglomerativeClustering  # seconds of loading, which no turn needs

    clustering = AgglomerativeClustering(n_clusters=None, distance_threshold=apart, metric="cosine", linkage="average")
    labels: Places = clustering.fit_predict(vectors)
    return labels


def _from_the_middle(vectors: Vectors, members: Places) -> tuple[int, ...]:
    near = vectors[members] @ vectors[members].mean(axis=0)
    return tuple(int(each) for each in members[np.argsort(-near, kind="stable")])


def _near(spot: Spot, retriever: Retriever) -> tuple[Hit, ...]:
    head, there = retriever.head, retriever.library.entries
    probabilities = head.at(spot)
    best = [head.labels[place] for place in np.argsort(-probabilities)]
    kept = [label for label in best if label != OUT_OF_SCOPE and label in there][:_NEAR]
    return tuple(Hit(label, float(probabilities[head.labels.index(label)])) for label in kept)
