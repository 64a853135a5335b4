"""Numbers from -1 to 1 in half the room; quicker to unpack than half-precision floats."""

import numpy as np
import numpy.typing as npt

Packed = npt.NDArray[np.int16]
ONE = np.float32(32767)


def packed(numbers: npt.NDArray[np.float32]) -> Packed:
    """To the nearest of 65,535 steps."""
    steps: Packed = np.rint(numbers * ONE).astype(np.int16)
    return steps


def unpacked(numbers: Packed) -> npt.NDArray[np.float32]:
    return numbers.astype(np.float32) / ONE
