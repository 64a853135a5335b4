"""Fits the index from the entries; vectors of unchanged texts are kept, so an edit costs seconds."""

import fcntl
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from knowledge.encoder.serve import OnnxEncoder, Vectors
from knowledge.entries_loader import Library
from knowledge.paths import INDEX
from knowledge.retrieval import questions as question_list
from knowledge.retrieval.features import Read, Readers, centred
from knowledge.retrieval.fit import fit
from knowledge.retrieval.head import Head
from knowledge.retrieval.neighbours import Neighbours
from knowledge.retrieval.questions import Question
from knowledge.retrieval.search import HEAD, NEAR
from knowledge.retrieval.words import WORDS, keep, work_out
from knowledge.text.language import SERVED
from knowledge.text.transliterate import Transliterator

CACHE = INDEX / "meanings.npz"
_AT_ONCE = 256


def _key(read: Read, model: str) -> str:
    return hashlib.sha256(f"{model}\0{read.hindi}".encode()).hexdigest()[:24]


def _cached(path: Path) -> dict[str, Vectors]:
    if not path.exists():
        return {}
    with np.load(path) as data:
        return dict(zip(data["keys"].tolist(), data["vectors"], strict=True))


def meanings(read: Sequence[Read], encoder: OnnxEncoder, cache: Path = CACHE) -> Vectors:
    """Encoder vectors of the texts in their order, encoding only what is new to this encoder."""
    keys = [_key(one, encoder.identity) for one in read]
    known = _cached(cache)
    new = list({k: one for k, one in zip(keys, read, strict=True) if k not in known}.items())
    for start in tqdm(range(0, len(new), _AT_ONCE), desc="reading questions", unit="batch", disable=not new):
        batch = new[start : start + _AT_ONCE]
        known.update(zip((k for k, _ in batch), encoder([one.hindi for _, one in batch]), strict=True))
    cache.parent.mkdir(parents=True, exist_ok=True)
    found = np.stack([known[k] for k in keys])
    np.savez(cache, keys=np.array(keys), vectors=found)
    return found


@dataclass(frozen=True)
class Material:
    """All questions of the library and what is out of scope: as written, as read, their raw encoder vectors.

    `answers`: by entry, the raw vectors of its answer in each language, shape (languages, dimensions).
    """

    asked: list[Question]
    read: list[Read]
    vectors: Vectors
    answers: dict[str, Vectors]

    @property
    def entries(self) -> list[str]:
        return [question.entry for question in self.asked]


def material(library: Library, cache: Path = CACHE) -> Material:
    asked = question_list.load(library)
    encoder = OnnxEncoder(threads=2)
    readers = Readers.of([q.text for q in asked], encoder)
    read = [readers.read(q.text, q.language) for q in asked]
    told = [readers.read(e.answer[code], code) for e in library.entries.values() for code in SERVED]
    vectors = meanings([*read, *told], encoder, cache)
    of_answers = vectors[len(read) :].reshape(len(library.entries), len(SERVED), -1)
    return Material(asked, read, vectors[: len(read)], dict(zip(library.entries, of_answers, strict=True)))


def index(of: Material, places: Sequence[int]) -> tuple[Head, Neighbours]:
    """The head and the neighbours made of the questions at these places."""
    read, entries = [of.read[i] for i in places], [of.asked[i].entry for i in places]
    vectors = of.vectors[list(places)]
    head = fit(read, entries, vectors)
    spots = [head.spot(one, meaning) for one, meaning in zip(read, vectors, strict=True)]
    means = np.stack([head.means[code] for code in SERVED])
    answers = {entry: centred(told, means) for entry, told in of.answers.items()}
    return head, Neighbours.of(head.labels, entries, spots, len(head.sound.idf), answers)


def train(library: Library) -> Head:
    """Fit on every question and save."""
    keep_words(library)
    of = material(library)
    head, near = index(of, range(len(of.asked)))
    head = replace(head, learnt=question_list.digest(library))
    near.save(NEAR)
    head.save(HEAD)  # last: whoever waits for a new index looks at this file
    return head


def keep_words(library: Library) -> None:
    """So that neither the rest of the building nor whoever loads the index need work them out."""
    texts = [question.text for question in question_list.load(library)]
    keep(texts, work_out(texts, Transliterator.load()), WORDS)


def learn(library: Library, path: Path = HEAD) -> bool:
    """Fit again if the questions are not those the index knows; whether that was needed.

    One process at a time: whoever waited finds the work done.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists() and Head.load(path).learnt == question_list.digest(library):
            return False
        train(library)
        return True
