"""Who waits longer than usual for an answer is told so: once while nothing comes, and never beside the answer."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, select

from channels.delivery import contacts, outbox
from channels.delivery.answering import Answering, Heard
from channels.delivery.contacts import Vault
from channels.delivery.outbox import Message
from channels.delivery.store import Store
from channels.errors import StoreFailure
from channels.handovers import Clock
from channels.settings import Settings
from channels.store.rows import AnyRow
from channels.store.tables import HandoverRow, InboundRow, OutboundRow

_LEAST = 1.5  # seconds that a turn gets in any case: after a restart, or where the clock was put forward
_SOON = 3.0  # the next try may come later than is promised


class Late:
    """`posted` is called when something is there to be sent."""

    def __init__(
        self,
        settings: Settings,
        answering: Answering,
        store: Store,
        vault: Vault,
        clock: Clock,
        posted: Callable[[], None],
    ) -> None:
        self._answering, self._store, self._vault = answering, store, vault
        self._clock, self._posted = clock, posted
        self._after = settings.late_after_seconds

    async def tell_in_time(self, inbound_id: int) -> None:
        """Unless it is broken off before, because the answer is there."""
        await asyncio.sleep(_LEAST)
        waited = await self._waited(inbound_id)
        if waited is None:
            return
        await asyncio.sleep(min(max(self._after - waited, 0.0), self._after))
        await self._tell(inbound_id)

    async def tell_if_due(self, inbound_id: int) -> None:
        """After a try that failed."""
        waited = await self._waited(inbound_id)
        if waited is not None and waited > self._after - _SOON:
            await self._tell(inbound_id)

    async def _waited(self, inbound_id: int) -> float | None:
        try:
            heard = await self._answering.late(inbound_id)
        except StoreFailure:
            return 0.0  # it is looked at again
        return (self._clock() - heard[0].inbound.received_at).total_seconds() if heard else None

    async def _tell(self, inbound_id: int) -> None:
        try:
            found = await self._answering.late(inbound_id)
            is_told = found is not None and await self._store.write(self._write, *found, self._clock())
        except StoreFailure:
            return  # without a record it could be said twice
        if is_told:
            self._posted()

    def _write(self, connection: Connection, heard: Heard, message: Message, now: datetime) -> bool:
        """In the transaction's order with the answer: who finds the message answered says nothing."""
        if not _is_unanswered(connection, heard.inbound.id) or _knows(connection, heard):
            return False
        if _is_with_staff(connection, heard.contact):
            return False
        outbox.add(connection, self._vault, heard.contact.id, message, now)
        return True


def _is_unanswered(connection: Connection, inbound_id: int) -> bool:
    row = select(InboundRow.id).where(InboundRow.id == inbound_id, InboundRow.state == "received")
    return connection.execute(row.with_for_update()).first() is not None


def _knows(connection: Connection, heard: Heard) -> bool:
    """They were told since they wrote, or before and have heard nothing else since."""
    mine = select(OutboundRow.kind, OutboundRow.created_at).where(OutboundRow.contact_id == heard.contact.id)
    last = connection.execute(mine.order_by(OutboundRow.id.desc()).limit(1)).first()
    held = connection.execute(mine.where(OutboundRow.kind == "hold").order_by(OutboundRow.id.desc()).limit(1)).first()
    is_last = last is not None and last.kind == "hold"
    return is_last or (held is not None and bool(held.created_at >= heard.inbound.received_at))


def _is_with_staff(connection: Connection, contact: AnyRow) -> bool:
    taken = (HandoverRow.closed_at.is_(None), HandoverRow.taken_at.is_not(None))
    mine = select(HandoverRow.id).where(HandoverRow.session_id == contacts.session_of(contact), *taken)
    return connection.execute(mine).first() is not None
