"""One message, longer and longer: what its text costs, what the encoder, and the whole search."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from statistics import median

from benchmarks.growth.row import Row
from benchmarks.understanding import messages
from channels.hygiene import clean
from channels.privacy import redact
from knowledge.context import parts
from knowledge.retrieval.search import Retriever
from knowledge.text.gazetteer import Gazetteer

HEAD = [
    "characters",
    "cleaning, redaction, ms",
    "names, parts, ms",
    "reading (spelling, script), ms",
    "encoder, ms",
    "whole search, ms",
]
_TEXTS, _ROUNDS = 18, 2


def rows(sizes: Sequence[int]) -> Iterator[Row]:
    retriever, gazetteer = Retriever.load(), Gazetteer.load()
    for size in sizes:
        texts = list(_texts(size))
        kinds: tuple[Callable[[str], object], ...] = (
            lambda text: (clean(text), redact(text)),
            lambda text: parts(text, gazetteer.find(text)),
            lambda text: retriever.readers.read(text, retriever.language(text)),
            lambda text: retriever.readers.encoder([text]),
            lambda text: _anew(retriever, text),
        )
        yield Row(size, [_milliseconds(kind, texts) for kind in kinds])


def _anew(retriever: Retriever, text: str) -> None:
    """Not as a text that has just been read, which the retriever remembers."""
    retriever._heard.cache_clear()
    retriever.search(text)


def _texts(size: int) -> Iterator[str]:
    """What people wrote, joined to this length; in each language as often."""
    written = [message.text for message in messages.load()]
    for start in islice(range(0, len(written), len(written) // _TEXTS), _TEXTS):
        text = ""
        for more in [*written[start:], *written]:
            if len(text) >= size:
                break
            text = f"{text} {more}".strip()
        yield text[:size]


def _milliseconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Median over the texts; of each the best of the rounds."""
    best = []
    for text in texts:
        took = []
        for _ in range(_ROUNDS):
            begun = time.thread_time()
            work(text)
            took.append((time.thread_time() - begun) * 1000)
        best.append(min(took))
    return median(best)
