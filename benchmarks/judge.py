"""Right, offered, no answer or wrong: one verdict for each message."""

from dataclasses import dataclass
from enum import Enum

from benchmarks.messages import Message

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


def judge(message: Message, seen: Seen, every_district: int = 75) -> Verdict:
    """`every_district`: a reply that names as many answers nobody's question about some of them."""
    if _is_right(message, seen, every_district):
        return Verdict.RIGHT
    if seen.outcome in _ASKING and seen.choices & message.payloads:
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
