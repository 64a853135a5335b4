"""The sound of a file, as Whisper takes it: one channel, 16,000 values a second."""

import io
from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
Sound = NDArray[np.float32]


class NoSound(Exception):
    """No sound that can be heard. `reason` is a word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def decoded(content: bytes, most_seconds: float) -> Sound:
    """faster-whisper's own decoder would read a file to its end, however many hours it holds. Raises NoSound."""
    import av

    pieces: list[Sound] = []
    length = 0
    try:
        with av.open(io.BytesIO(content), metadata_errors="ignore") as file:
            for piece in _pieces(file, av.AudioResampler(format="flt", layout="mono", rate=RATE)):
                pieces.append(piece)
                length += piece.size
                if length > most_seconds * RATE:
                    raise NoSound("too_long")
    except (av.error.FFmpegError, IndexError, ValueError):  # IndexError: there is no sound in the file
        raise NoSound("not_audio") from None
    if not length:
        raise NoSound("empty")
    return np.concatenate(pieces)


def _pieces(file: Any, resampler: Any) -> Iterator[Sound]:
    """Frames, and what the resampler still holds at the end."""
    for frame in chain(_frames(file), (None,)):
        for piece in resampler.resample(frame):
            yield piece.to_ndarray().reshape(-1).astype(np.float32)


def _frames(file: Any) -> Iterator[Any]:
    for frame in file.decode(audio=0):
        frame.pts = None  # gaps in time do not matter here
        yield frame
