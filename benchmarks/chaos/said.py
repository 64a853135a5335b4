"""What people wrote, and what came of each message."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.chaos.questions import Question


@dataclass
class Said:
    """One message. `untaken`: the provider could not hand it over; `refused`: nor we take it, and the person knows."""

    question: Question
    at: float = field(default_factory=time.monotonic)
    words_at: float | None = None  # the first helpful word
    answered_at: float | None = None
    untaken: bool = False
    refused: bool = False

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and not self.untaken and not self.refused


@dataclass
class Person:
    name: str
    questions: Sequence[Question]
    said: list[Said] = field(default_factory=list)
    heard: list[tuple[float, str]] = field(default_factory=list)  # on the phone; of a visitor, the answers in order

    def open(self) -> list[Said]:
        return [each for each in self.said if each.is_open]
