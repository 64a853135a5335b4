"""How much one person may write: a minute, and a day. Each process counts for itself; WhatsApp and SMS are counted
over all of them (`delivery/counted.py`)."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from channels.limits import Limit
from channels.memory import Recent

Cap = Literal["go", "first", "over"]  # `first`: the first message too many, since one was answered
_DAY = 24 * 60 * 60
_MESSAGES = 5000


class Caps:
    def __init__(self, a_minute: int, a_day: int, remembered: int, clock: Callable[[], datetime]) -> None:
        self._limits = (Limit(a_minute, remembered, clock), Limit(a_day, remembered, clock, _DAY))
        self._told: Recent[bool] = Recent(remembered)
        self._counted: Recent[bool] = Recent(_MESSAGES)

    def take(self, session_id: str, message_id: str | None) -> Cap:
        """One that comes again is not counted again."""
        if message_id is not None and self._counted.get(message_id):
            return "go"
        if any(limit.take(session_id) for limit in self._limits):
            is_first = not self._told.get(session_id)
            self._told.put(session_id, True)
            return "first" if is_first else "over"
        self._told.put(session_id, False)
        if message_id is not None:
            self._counted.put(message_id, True)
        return "go"
