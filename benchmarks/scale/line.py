"""The line in which messages wait: parts with so many processes each, on so many cores, then the provider's pace.

A part of a turn needs a process of its part and a core at once. A person's next message waits until theirs before it
has been answered. Every reply leaves at the provider's pace.
"""

import heapq
import random
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.scale.arrivals import Arrival

PARTS = ("record", "answer", "bot", "actions", "database")


@dataclass(frozen=True)
class Machines:
    """`processes` of each part; a part that is not named has as many as are needed. `pace`: replies a second."""

    cores: int
    processes: Mapping[str, int] = field(default_factory=dict)
    pace: float = 1000.0


@dataclass(frozen=True)
class Waited:
    """Of each message in seconds: until it was acknowledged, and until its reply left. `longest`: of the line."""

    acknowledged: Sequence[float]
    replied: Sequence[float]
    longest: int
    seconds: float


class Line:
    def __init__(self, costs: Mapping[str, float], machines: Machines, dice: random.Random) -> None:
        self._costs, self._machines, self._dice = costs, machines, dice
        self._shape = 1 / costs["varies"] ** 2  # of a gamma distribution
        self._waiting: dict[str, deque[int]] = {part: deque() for part in PARTS}
        self._free = {part: machines.processes.get(part, machines.cores) for part in PARTS}
        self._cores = machines.cores
        self._ends: list[tuple[float, int, str]] = []
        self._of: defaultdict[int, deque[int]] = defaultdict(deque)  # each person's messages that wait or are answered
        self._slot = 0.0

    def run(self, arrivals: Sequence[Arrival]) -> Waited:
        self._arrivals = arrivals
        self._acknowledged, self._replied = [0.0] * len(arrivals), [0.0] * len(arrivals)
        longest = came = self._here = 0
        while came < len(arrivals) or self._ends:
            is_next = came < len(arrivals) and (not self._ends or arrivals[came].at <= self._ends[0][0])
            if is_next:
                now = arrivals[came].at
                self._waiting["record"].append(came)
                came += 1
            else:
                now = self._end()
            self._start(now)
            longest = max(longest, self._here)
        return Waited(self._acknowledged, self._replied, longest, max(self._replied_at))

    @property
    def _replied_at(self) -> list[float]:
        return [each.at + waited for each, waited in zip(self._arrivals, self._replied, strict=True)]

    def _end(self) -> float:
        now, message, part = heapq.heappop(self._ends)
        self._free[part] += 1
        self._cores += 1
        if part == "record":
            self._recorded(message, now)
        elif part == PARTS[-1]:
            self._answered(message, now)
        else:
            self._waiting[PARTS[PARTS.index(part) + 1]].append(message)
        return now

    def _recorded(self, message: int, now: float) -> None:
        self._acknowledged[message] = now - self._arrivals[message].at
        mine = self._of[self._arrivals[message].who]
        mine.append(message)
        self._here += 1
        if len(mine) == 1:
            self._waiting["answer"].append(message)

    def _answered(self, message: int, now: float) -> None:
        self._slot = max(now, self._slot + 1 / self._machines.pace)
        self._replied[message] = self._slot - self._arrivals[message].at
        mine = self._of[self._arrivals[message].who]
        mine.popleft()
        self._here -= 1
        if mine:
            self._waiting["answer"].append(mine[0])

    def _start(self, now: float) -> None:
        """Acknowledgements before all; then what has begun is ended before more is begun."""
        for part in (PARTS[0], *reversed(PARTS[1:])):
            while self._waiting[part] and self._free[part] and self._cores:
                message = self._waiting[part].popleft()
                self._free[part] -= 1
                self._cores -= 1
                mean = self._costs[part] / 1000
                took = self._dice.gammavariate(self._shape, mean / self._shape)
                heapq.heappush(self._ends, (now + took, message, part))
