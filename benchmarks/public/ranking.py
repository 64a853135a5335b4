"""Scores of every candidate for every question, of shape (questions, candidates), and how good a ranking is."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from tqdm import tqdm

from benchmarks.public.pieces import Pieces
from knowledge.encoder.serve import Vectors
from knowledge.retrieval.features import centred, grams

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Ranked:
    """The share of questions with the right candidate first, among five, and its mean reciprocal rank."""

    first: float
    five: float
    reciprocal: float


def ranked(scores: Scores, right: Sequence[int]) -> Ranked:
    """Of equal scores the right one counts as the last, so that a constant score earns nothing."""
    own = scores[np.arange(len(right)), list(right)]
    ranks = (scores >= own[:, None]).sum(axis=1)
    return Ranked(float((ranks == 1).mean()), float((ranks <= 5).mean()), float((1 / ranks).mean()))


def by_sound(questions: Sequence[str], candidates: Sequence[str]) -> Scores:
    """TF-IDF of the skeleton's n-grams."""
    ngrams = TfidfVectorizer(analyzer=grams, sublinear_tf=True, dtype=np.float32)
    known = ngrams.fit_transform(candidates)
    scores: Scores = (ngrams.transform(questions) @ known.T).toarray()
    return scores


def by_meaning(questions: Vectors, candidates: Vectors) -> Scores:
    """Cosines, each side without its mean."""
    one, other = (centred(side, side.mean(axis=0)) for side in (questions, candidates))
    scores: Scores = one @ other.T
    return scores


def by_pieces(questions: Sequence[Pieces], candidates: Sequence[Vectors]) -> Scores:
    """Each piece of the question finds its nearest in the candidate; pieces rare among the questions weigh more."""
    every = np.concatenate(list(candidates))
    mean, asked = every.mean(axis=0), np.concatenate([q.vectors for q in questions]).mean(axis=0)
    every = centred(every, mean)
    starts = np.cumsum([0, *(len(one) for one in candidates)])[:-1]
    seen = Counter(piece for q in questions for piece in set(q.ids.tolist()))
    rows = []
    for question in tqdm(questions, desc="comparing pieces", unit="question", leave=False):
        near = np.maximum.reduceat(centred(question.vectors, asked) @ every.T, starts, axis=1)
        weights = np.array([math.log(len(questions) / seen[i]) for i in question.ids.tolist()], dtype=np.float32)
        rows.append(weights @ near)
    return np.stack(rows)


def mixed(parts: Sequence[tuple[float, Scores]]) -> Scores:
    """The weighted sum, each part with mean 0 and deviation 1 for every question."""
    total = np.zeros_like(parts[0][1])
    for weight, scores in parts:
        total += weight * (scores - scores.mean(axis=1, keepdims=True)) / scores.std(axis=1, keepdims=True)
    return total
