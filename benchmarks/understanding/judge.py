"""Right, offered, no answer or wrong: one verdict for each message."""

from dataclasses import dataclass
from enum import Enum

from benchmarks.understanding.messages import Message

_ANSWERS = {"answered", "verdict_given", "status_given"}
_ASKING = {"choices_offered", "question_asked"}
_NO_ANSWER = _ASKING | {"not_understood", "out_of_scope", "handed_over", "unavailable"}


class Verdict(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    OFFERED = "offered"
    NO_ANSWER = "no answer"


@dataclass(frozen=True)
class Seen:
    """What can be recognised in an answer; `choices` are button payloads, `districts` those named."""

    outcome: str
    entries: frozenset[str] = frozenset()
    choices: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    language: str | None = None

    @property
    def answers(self) -> bool:
        """Whether it tells something about the programme or a district, right or wrong."""
        return self.outcome in _ANSWERS

    @property
    def asks_back(self) -> bool:
        return self.outcome in _ASKING

    def short(self) -> str:
        """One line for lists of misses."""
        got = sorted(self.entries) or sorted(self.districts)[:10] or sorted(self.choices)
        return f"{self.outcome}: {', '.join(got)}".rstrip(": ")


def judge(message: Message, seen: Seen, every_district: int = 75) -> Verdict:
    """`every_district`: a reply that names as many answers nobody's question about some of them."""
    if _is_right(message, seen, every_district):
        return Verdict.RIGHT
    if seen.asks_back and seen.choices & message.payloads:
        return Verdict.OFFERED
    return Verdict.NO_ANSWER if seen.outcome in _NO_ANSWER else Verdict.WRONG


def _is_right(message: Message, seen: Seen, every_district: int) -> bool:
    if message.kind == "outcome":
        return seen.outcome in message.expected
    if seen.outcome != "answered":
        return False
    if message.kind == "entry":
        return bool(seen.entries & message.expected)
    return not seen.entries and message.expected <= seen.districts and len(seen.districts) < every_district
