"""A search among more entries than there are: the existing ones, again and again with vectors a little moved.

The encoder reads each message once; what is timed is all the rest of a search.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

import numpy as np
import numpy.typing as npt

from benchmarks.growth.row import Row
from benchmarks.understanding import messages
from knowledge.encoder.serve import Encoder, Vectors
from knowledge.entries_loader import Library
from knowledge.retrieval.before import subject
from knowledge.retrieval.head import Head
from knowledge.retrieval.neighbours import Neighbours
from knowledge.retrieval.questions import OUT_OF_SCOPE
from knowledge.retrieval.search import Retriever
from knowledge.retrieval.sounds import Sounds

HEAD = ["entries", "questions", "search without encoder, ms", "95th, ms", "index in memory, MB"]
_ASKED, _ROUNDS, _NOISE = 45, 2, 0.03


class _Remembering:
    """The encoder, which reads each text once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self._known = encoder, dict[tuple[str, ...], Vectors]()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        if tuple(texts) not in self._known:
            self._known[tuple(texts)] = self._encoder(texts)
        return self._known[tuple(texts)]

    def __hash__(self) -> int:
        return id(self)


def rows(sizes: Sequence[int]) -> Iterator[Row]:
    retriever = Retriever.load()
    retriever.readers.encoder = _Remembering(retriever.readers.encoder)
    asked = [message.text for message in messages.load()][:: 903 // _ASKED]
    head, near, library = retriever.head, retriever.near, retriever.library
    for size in sizes:
        retriever.head, retriever.near, places = _grown(head, near, size)
        _know(retriever, library, [head.labels[place] for place in places])
        took = _timed(retriever, asked)
        yield Row(size, [len(retriever.near.questions), _at(took, 50), _at(took, 95), _megabytes(retriever)])


def _timed(retriever: Retriever, asked: Sequence[str]) -> list[float]:
    """Of each message the median of the rounds; the first fills the encoder's memory."""
    rounds = []
    for _ in range(_ROUNDS + 1):
        took = []
        for text in asked:
            begun = time.thread_time()
            retriever.search(text)
            took.append((time.thread_time() - begun) * 1000)
        rounds.append(took)
    return [median(each) for each in zip(*rounds[1:], strict=True)]


def _grown(head: Head, near: Neighbours, size: int) -> tuple[Head, Neighbours, list[int]]:
    """`size` labels, out of scope the first of them."""
    out = head.labels.index(OUT_OF_SCOPE)
    others = [place for place in range(len(head.labels)) if place != out]
    places = [out, *(others[i % len(others)] for i in range(size - 1))]
    labels = [f"{head.labels[place]}~{i}" if i else OUT_OF_SCOPE for i, place in enumerate(places)]
    made = np.random.default_rng(7)
    meaning = head.meaning_weights[places]
    meaning = meaning * (1 + _NOISE * made.standard_normal(meaning.shape, dtype=np.float32))
    grown = replace(
        head,
        labels=labels,
        meaning_weights=meaning,
        sound_weights=head.sound_weights[:, places],
        bias=head.bias[places],
    )
    return grown, _neighbours(near, places, made), places


def _neighbours(near: Neighbours, places: list[int], made: np.random.Generator) -> Neighbours:
    texts = [np.arange(near.starts[place], near.starts[place + 1]) for place in places]
    starts = np.cumsum([0, *map(len, texts)]).astype(np.int32)
    sounds = _sounds(near.sounds, np.concatenate(texts))
    questions = np.concatenate([_moved(near.questions[each], made) for each in texts])
    return Neighbours(questions, starts, near.answers[places], sounds)


def _sounds(sounds: Sounds, texts: npt.NDArray[np.int64]) -> Sounds:
    spans = [slice(sounds.starts[text], sounds.starts[text + 1]) for text in texts]
    starts = np.cumsum([0, *(span.stop - span.start for span in spans)]).astype(np.int32)
    grams = np.concatenate([sounds.grams[span] for span in spans])
    return Sounds(grams, np.concatenate([sounds.weights[span] for span in spans]), starts, sounds.kinds)


def _moved(packed: npt.NDArray[np.int16], made: np.random.Generator) -> npt.NDArray[np.int16]:
    moved: npt.NDArray[np.int16] = packed + made.integers(-60, 61, packed.shape, dtype=np.int16)
    return moved.clip(-32767, 32767)


def _know(retriever: Retriever, library: Library, names: Sequence[str]) -> None:
    """The grown labels are entries of the library too."""
    known = {
        label: library.entries[name]
        for label, name in zip(retriever.head.labels, names, strict=True)
        if name != OUT_OF_SCOPE
    }
    retriever.library = Library(known, library.sources)
    retriever._schemes = [known[label].scheme if label in known else None for label in retriever.head.labels]
    retriever._subjects = [subject(known, label) for label in retriever.head.labels]
    retriever._there = np.ones(len(names), dtype=np.float32)
    retriever._out = retriever.head.labels.index(OUT_OF_SCOPE)


def _megabytes(retriever: Retriever) -> float:
    head, near = retriever.head, retriever.near
    arrays = (
        head.meaning_weights,
        head.sound_weights,
        near.questions,
        near.answers,
        near.sounds.grams,
        near.sounds.weights,
    )
    return sum(array.nbytes for array in arrays) / 2**20


def _at(took: Sequence[float], percent: int) -> float:
    return sorted(took)[int(len(took) * percent / 100)]
