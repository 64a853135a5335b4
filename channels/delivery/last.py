"""When something was last done."""

import math
import time


class Last:
    def __init__(self) -> None:
        self._at = -math.inf

    def is_due(self, seconds: float) -> bool:
        """Whether it was so long ago; then it counts as done now."""
        now = time.monotonic()
        if now - self._at < seconds:
            return False
        self._at = now
        return True
