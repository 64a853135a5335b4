"""Which turn of the log an answer of the assistant was, so that staff can say that it was wrong.

The assistant's memory and the log know nothing of each other but the time: an answer was given while its turn lasted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.console.conversations.history import Said
from channels.store.rows import AnyRow

_SLACK = timedelta(seconds=0.25)


@dataclass(frozen=True)
class Answer:
    turn_id: str
    is_wrong: bool
    question: str  # masked


def answers(lines: Sequence[Said], turns: Sequence[AnyRow]) -> dict[int, Answer]:
    """By the place of a turn's last line."""
    last: dict[str, tuple[int, AnyRow]] = {}
    for place, line in enumerate(lines):
        turn = _turn_of(line, turns) if line.speaker == "bot" else None
        if turn is not None:
            last[turn.key] = (place, turn)
    return {place: Answer(turn.key, turn.mark == "wrong", _asked(lines, place)) for place, turn in last.values()}


def _turn_of(line: Said, turns: Sequence[AnyRow]) -> AnyRow | None:
    within = [turn for turn in turns if _begin(turn) <= line.at <= turn.at + _SLACK]
    return min(within, key=lambda turn: abs(turn.at - line.at), default=None)


def _begin(turn: AnyRow) -> datetime:
    end: datetime = turn.at
    return end - timedelta(milliseconds=turn.milliseconds) - _SLACK


def _asked(lines: Sequence[Said], place: int) -> str:
    return next((line.text for line in reversed(lines[:place]) if line.speaker == "user"), "")
