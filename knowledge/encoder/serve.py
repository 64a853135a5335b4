"""Text in, vectors out: onnxruntime and the tokenizer, nothing else."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from knowledge.errors import NotBuiltError
from knowledge.paths import ENCODER

Vectors = npt.NDArray[np.float32]

_MAX_PIECES = 128
_BATCH = 32


class Encoder(Protocol):
    """Anything that turns texts into unit vectors of shape (texts, dimensions)."""

    def __call__(self, texts: Sequence[str]) -> Vectors: ...


class OnnxEncoder:
    """The built encoder; one instance per process, safe to share between threads."""

    def __init__(self, folder: Path = ENCODER, threads: int = 1) -> None:
        if not (folder / "model.onnx").exists():
            raise NotBuiltError(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.enable_cpu_mem_arena = False  # half the memory for a millisecond
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MAX_PIECES)
        about = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        self._tokenizer.enable_padding(pad_id=about["pad_id"], pad_token=about["pad_token"])
        self._prefix: str = about["prefix"]

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Vectors in the order of `texts`; similar lengths are run together."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: list[Vectors] = []
        for start in range(0, len(order), _BATCH):
            found.append(self._run([texts[i] for i in order[start : start + _BATCH]]))
        vectors: Vectors = np.empty((len(texts), found[0].shape[1]), dtype=np.float32)
        vectors[order] = np.concatenate(found)
        return vectors

    def _run(self, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch([self._prefix + text for text in texts])
        feed = {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
        }
        vectors: Vectors = self._session.run(["embedding"], feed)[0]
        return vectors
