"""One conversation as its page shows it, masked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from channels.console.accounts import people
from channels.console.conversations import notes, queue
from channels.console.conversations.masking import call_back, masked, masked_number
from channels.console.conversations.reach import Reach, reach
from channels.console.roles import Account
from channels.console.store import ConsoleStore
from channels.errors import NoHandover
from channels.handovers import Handovers
from channels.settings import Settings
from channels.store.desk import Conversation
from channels.store.rows import AnyRow, state_of


@dataclass(frozen=True)
class Line:
    speaker: str
    text: str
    at: datetime
    language: str
    is_read: bool


@dataclass(frozen=True)
class Note:
    by: str
    text: str
    at: datetime


@dataclass(frozen=True)
class View:
    """`state` is waiting, mine, others or over: what one may do follows from it."""

    row: AnyRow
    state: str
    holder: str | None
    summary: str
    call_back: str | None
    lines: Sequence[Line]
    notes: Sequence[Note]
    reach: Reach

    @property
    def state_part(self) -> str:
        """What one may do, and who else has it: another one asks for other forms."""
        holder = hashlib.sha256((self.row.taken_by or "").encode()).hexdigest()[:8]
        return f"{self.state}-{self.reach.can_write}-{holder}-"

    @property
    def version(self) -> str:
        """Another one, as soon as the page would look different."""
        shown = (self.lines, self.reach.key, self.reach.hours, self.reach.minutes, self.reach.has_failed, self.holder)
        return self.state_part + hashlib.sha256(repr(shown).encode()).hexdigest()[:16]

    @property
    def last_said(self) -> str:
        """What a suggestion answers."""
        said = [line.text for line in self.lines if line.speaker == "user"]
        return said[-1] if said else self.summary


async def seen(desk: Handovers, store: ConsoleStore, who: Account, settings: Settings, handover_id: int) -> View:
    """Raises NoHandover, also for one that is not theirs to see."""
    conversation = await conversation_of(desk, who, handover_id)
    return await store.read(_view, conversation, who, settings)


async def conversation_of(desk: Handovers, who: Account, handover_id: int) -> Conversation:
    conversation = await desk.run(desk.desk.one, handover_id)
    if not queue.may_see(conversation.handover, who):
        raise NoHandover
    return conversation


def _view(connection: Connection, conversation: Conversation, who: Account, settings: Settings) -> View:
    row = conversation.handover
    named = people.names(connection, {row.taken_by} if row.taken_by else set())
    return View(
        row=row,
        state=_state(row, who),
        holder=named.get(row.taken_by, row.taken_by),
        summary=masked(row.summary),
        call_back=masked_number(call_back(row, settings)),
        lines=[_line(message) for message in conversation.messages],
        notes=[Note(each.name or each.login, masked(each.text), each.at) for each in notes.of(connection, row.id)],
        reach=reach(connection, row, settings, datetime.now(UTC)),
    )


def _state(row: AnyRow, who: Account) -> str:
    state = state_of(row) or "over"
    if state != "taken":
        return state
    return "mine" if row.taken_by == who.login else "others"


def _line(row: AnyRow) -> Line:
    is_read = row.speaker == "user" or row.delivered_at is not None
    return Line(row.speaker, masked(row.text), row.at, row.language, is_read)
