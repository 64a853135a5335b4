"""What the process remembers for a while: sessions in progress and the last turns.

Both are bounded and both are only a convenience: losing them costs a hint, never a message.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from channels.errors import TooBusy
from channels.models import Language

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """The values used last, at most `limit` of them."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: OrderedDict[str, Value] = OrderedDict()

    def get(self, key: str) -> Value | None:
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def put(self, key: str, value: Value) -> None:
        self._values[key] = value
        self._values.move_to_end(key)
        if len(self._values) > self._limit:
            self._values.popitem(last=False)

    def __len__(self) -> int:
        return len(self._values)


@dataclass
class Line:
    """The messages of one session that wait for each other."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    members: int = 0


class Sessions:
    """Keeps one session's messages in order, and remembers the language of its last reply."""

    def __init__(self, remembered: int, waiting: int, at_once: int) -> None:
        self._languages: Recent[Language] = Recent(remembered)
        self._lines: dict[str, Line] = {}
        self._waiting, self._at_once, self._active = waiting, at_once, 0

    def language(self, session_id: str) -> Language | None:
        return self._languages.get(session_id)

    def remember(self, session_id: str, language: Language) -> None:
        self._languages.put(session_id, language)

    @asynccontextmanager
    async def turn(self, session_id: str) -> AsyncIterator[None]:
        """Held for one message. asyncio.Lock serves in order of arrival."""
        line = self._enter(session_id)
        try:
            async with line.lock:
                yield
        finally:
            self._leave(session_id, line)

    def _enter(self, session_id: str) -> Line:
        line = self._lines.get(session_id) or Line()
        # One message is being answered; the others wait.
        if line.members > self._waiting or self._active >= self._at_once:
            raise TooBusy
        self._lines[session_id] = line
        line.members += 1
        self._active += 1
        return line

    def _leave(self, session_id: str, line: Line) -> None:
        self._active -= 1
        line.members -= 1
        if not line.members:
            del self._lines[session_id]
