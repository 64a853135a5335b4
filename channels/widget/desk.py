"""Whether people of the helpline answer now, told before somebody asks for one."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from channels.console.accounts.sessions import IDLE
from channels.console.roles import WITHIN
from channels.errors import StoreFailure
from channels.handovers import Clock, Handovers
from channels.settings import Settings
from channels.store.console_tables import AccountRow, SessionRow
from channels.widget.models import DeskOut
from common.hours import read_hours

_KEPT = timedelta(seconds=20)
_ANSWERING = [role for role, within in WITHIN.items() if "agent" in within]


class Sign:
    """Looked up for all visitors at once, at most every twenty seconds."""

    def __init__(self, settings: Settings, handovers: Handovers, clock: Clock) -> None:
        self._hours = read_hours(settings.staff_hours)
        self._handovers, self._clock = handovers, clock
        self._known: tuple[datetime, bool] | None = None

    async def read(self) -> DeskOut:
        """Without hours it is open while staff are there, and else we do not know when."""
        now = self._clock()
        if self._hours and not self._hours.is_open(now):
            return DeskOut(state="closed", opens_at=self._hours.next_opening(now))
        return DeskOut(state="open" if await self._is_staffed(now) else "away" if self._hours else None)

    async def _is_staffed(self, now: datetime) -> bool:
        if self._known is None or not timedelta(0) <= now - self._known[0] < _KEPT:
            self._known = (now, await self._look(now))
        return self._known[1]

    async def _look(self, now: datetime) -> bool:
        """Only a comfort: without the store nobody is promised."""
        try:
            return await self._handovers.run(self._read, now)
        except StoreFailure:
            return False

    def _read(self, now: datetime) -> bool:
        with self._handovers.database.reading() as connection:
            return is_staffed(connection, now)


def is_staffed(connection: Connection, now: datetime) -> bool:
    """Somebody who may answer is logged in and was seen lately."""
    there = select(SessionRow.id_hash).join(AccountRow, AccountRow.id == SessionRow.account_id)
    there = there.where(AccountRow.is_active, AccountRow.role.in_(_ANSWERING))
    current = there.where(SessionRow.expires_at > now, SessionRow.seen_at > now - IDLE)
    return connection.execute(current.limit(1)).first() is not None
