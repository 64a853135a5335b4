"""Says what is happening: numbered steps, a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import shutil
import sys
import time

PLAIN_EVERY = 15.0  # seconds between two lines where the output is no terminal
INDENT = "      "


class Progress:
    """The steps of one command."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._step = 0
        self._live = sys.stdout.isatty()
        self._began = self._said = time.monotonic()
        self._drawn = False

    def step(self, title: str) -> None:
        """A new step begins."""
        self._step += 1
        self._began = self._said = time.monotonic()
        self._line(f"[{self._step}/{self._total}] {title}")

    def skip(self, title: str) -> None:
        """A step with nothing to do."""
        self.step(f"{title}: unchanged")

    def seconds(self) -> int:
        """How long the present step has taken."""
        return round(time.monotonic() - self._began)

    def say(self, text: str) -> None:
        """A line that stays."""
        self._line(INDENT + text)

    def done(self, text: str = "done") -> None:
        """The last line of a step."""
        self.say(f"{text} ({self.seconds()} s)")

    def now(self, text: str) -> None:
        """What is going on at this moment; called about once a second."""
        line = f"{INDENT}{self.seconds():4d} s  {text}"
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            self._write("\r\033[K" + line[:width])
            self._drawn = True
        elif time.monotonic() - self._said >= PLAIN_EVERY:
            self._said = time.monotonic()
            self._line(line)

    def wipe(self) -> None:
        """Takes the live line away, before others write to the terminal."""
        if self._drawn:
            self._write("\r\033[K")
            self._drawn = False

    def _line(self, text: str) -> None:
        self.wipe()
        self._write(text + "\n")

    @staticmethod
    def _write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()
