"""An encoder that keeps what it has read, by a hash of the text: the next run reads only what is new."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.encoder.serve import OnnxEncoder, Vectors


class Remembering:
    """What it was not asked for this time is forgotten at `save`."""

    def __init__(self, encoder: OnnxEncoder, path: Path) -> None:
        self._encoder, self._path = encoder, path
        self._known = _read(path)
        self._used: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        keys = [self._key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        self._known.update(zip(new, self._encoder(list(new.values())), strict=True))
        self._used.update((key, self._known[key]) for key in keys)
        return np.stack([self._known[key] for key in keys])

    def save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new.npz")
        np.savez(new, keys=np.array(list(self._used)), vectors=np.stack(list(self._used.values())))
        new.replace(self._path)

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self._encoder.identity}\0{text}".encode()).hexdigest()[:24]


def _read(path: Path) -> dict[str, Vectors]:
    try:
        with np.load(path) as data:
            return dict(zip(data["keys"].tolist(), data["vectors"], strict=True))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):  # none yet, or none that can be read
        return {}
