"""Text in, vectors out: onnxruntime and the tokenizer, nothing else."""

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
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
# A sum and its norm as one step take twice as long on a processor as one after the other.
_SLOWER = ["SkipLayerNormFusion"]


class Encoder(Protocol):
    """Anything that turns texts into unit vectors of shape (texts, dimensions)."""

    def __call__(self, texts: Sequence[str]) -> Vectors: ...

    def __hash__(self) -> int: ...


class OnnxEncoder:
    """The built encoder; one instance per process, safe to share between threads.

    `threads`: how many texts are read at once; a text is too short to be shared out itself.
    """

    def __init__(self, folder: Path = ENCODER, threads: int = 1) -> None:
        if not (folder / "model.onnx").exists():
            raise NotBuiltError(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._threads = threads
        options.enable_cpu_mem_arena = False  # half the memory for a millisecond
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MAX_PIECES)
        about = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        self._size = int(self._session.get_outputs()[0].shape[-1])
        self._prefix: str = about["prefix"]
        self._folder = folder

    @cached_property
    def identity(self) -> str:
        """Vectors are only good for the encoder that made them, also where it was copied to, such as an image."""
        with (self._folder / "model.onnx").open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:24]

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Vectors in the order of `texts`.

        Never as a batch: int8 scales depend on what else is in it, and a text must have one vector.
        """
        if not texts:
            return np.empty((0, self._size), np.float32)
        if self._threads == 1 or len(texts) == 1:
            return np.concatenate([self._run(text) for text in texts])
        with ThreadPoolExecutor(self._threads) as pool:
            return np.concatenate(list(pool.map(self._run, texts)))

    def _run(self, text: str) -> Vectors:
        encoded = self._tokenizer.encode(self._prefix + text)
        feed = {
            "input_ids": np.array([encoded.ids], dtype=np.int64),
            "attention_mask": np.array([encoded.attention_mask], dtype=np.int64),
        }
        vector: Vectors = self._session.run(["embedding"], feed)[0]
        return vector
