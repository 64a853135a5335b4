"""What the supervisor says about its processes."""

from __future__ import annotations

import re
import threading
from collections import Counter
from subprocess import Popen
from typing import Counter as Counts

from deploy.progress import Progress

ENDED = re.compile(r"exited: (\w+) \((.+); (?:not )?expected\)")
GAVE_UP = re.compile(r"gave up: (\w+) entered FATAL state")


class Supervision:
    """Counts the ends of processes and, once all are up, tells of each."""

    def __init__(self, process: Popen[str], progress: Progress) -> None:
        self.ends: Counts[str] = Counter()
        self.given_up: set[str] = set()
        self.telling = False
        self._progress = progress
        self._process = process
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            self.hear(line)

    def hear(self, line: str) -> None:
        """One line of the supervisor's log."""
        ended, gave_up = ENDED.search(line), GAVE_UP.search(line)
        if ended:
            name, how = ended.groups()
            self.ends[name] += 1
            self._tell(f"{name} ended ({how}) and is started again; see var/log/{name}.log")
        if gave_up:
            self.given_up.add(gave_up.group(1))
            self._tell(f"{gave_up.group(1)} fails again and again and stays down; see var/log/{gave_up.group(1)}.log")

    def _tell(self, text: str) -> None:
        if self.telling:
            self._progress.say(text)
