"""Fits the index from the entries; vectors of unchanged questions are kept, so an edit costs seconds."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from knowledge.encoder.serve import OnnxEncoder, Vectors
from knowledge.entries_loader import Library
from knowledge.paths import ENCODER, INDEX
from knowledge.retrieval import questions as question_list
from knowledge.retrieval.features import Readers
from knowledge.retrieval.fit import fit
from knowledge.retrieval.head import Head
from knowledge.retrieval.questions import Question
from knowledge.retrieval.search import HEAD
from knowledge.text.transliterate import Transliterator

_CACHE = INDEX / "meanings.npz"
_AT_ONCE = 256


def _key(question: Question, model: str) -> str:
    return hashlib.sha256(f"{model}\0{question.language}\0{question.text}".encode()).hexdigest()[:24]


def _model_id() -> str:
    """Vectors are only good for the encoder that made them."""
    stat = (ENCODER / "model.onnx").stat()
    return f"{stat.st_size}-{stat.st_mtime_ns}"


def _cached(path: Path) -> dict[str, Vectors]:
    if not path.exists():
        return {}
    with np.load(path) as data:
        return dict(zip(data["keys"].tolist(), data["vectors"], strict=True))


def meanings(questions: Sequence[Question], readers: Readers, cache: Path = _CACHE) -> Vectors:
    """Encoder vectors of the questions in their order, encoding only what is new."""
    model = _model_id()
    keys = [_key(q, model) for q in questions]
    known = _cached(cache)
    new = [(k, q) for k, q in zip(keys, questions, strict=True) if k not in known]
    for start in tqdm(range(0, len(new), _AT_ONCE), desc="reading questions", unit="batch", disable=not new):
        batch = new[start : start + _AT_ONCE]
        vectors = readers.meaning([q.text for _, q in batch], [q.language for _, q in batch])
        known.update(zip((k for k, _ in batch), vectors, strict=True))
    cache.parent.mkdir(parents=True, exist_ok=True)
    found = np.stack([known[k] for k in keys])
    np.savez(cache, keys=np.array(keys), vectors=found)
    return found


def train(library: Library) -> Head:
    """Fit the head on every question and save it."""
    readers = Readers(OnnxEncoder(threads=2), Transliterator.load())
    questions = question_list.load(library)
    head = fit(questions, meanings(questions, readers))
    head.save(HEAD)
    return head
