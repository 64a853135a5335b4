"""Which channels are off, in the store, so that every process knows it within a second."""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import get_args

from sqlalchemy import Connection, delete, insert, select

from channels.errors import StoreFailure
from channels.handovers import Handovers
from channels.logs import log
from channels.models import Channel
from channels.privacy import redact
from channels.store.console_tables import AuditRow
from channels.store.rows import AnyRow
from channels.switch.tables import SwitchRow

CHANNELS: tuple[Channel, ...] = get_args(Channel)
LONGEST = 400  # of a sentence
_SECONDS = 1.0
Off = dict[str, dict[str, str]]


def off_ones(connection: Connection) -> dict[str, AnyRow]:
    rows = connection.execute(select(SwitchRow.__table__).order_by(SwitchRow.channel))
    return {row.channel: row for row in rows}


def turn_off(
    connection: Connection,
    channel: str,
    sentences: Mapping[str, str],
    by: str,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Off already, it gets these sentences."""
    reason = reason and redact(reason)
    connection.execute(delete(SwitchRow).where(SwitchRow.channel == channel))
    values = {"channel": channel, "sentences": dict(sentences), "by": by, "since": now, "reason": reason}
    connection.execute(insert(SwitchRow).values(values))
    _audit(connection, by, "channel_off", channel, now, reason)


def turn_on(connection: Connection, channel: str, by: str, now: datetime) -> bool:
    """False: it was not off."""
    was_off = connection.execute(delete(SwitchRow).where(SwitchRow.channel == channel)).rowcount > 0
    if was_off:
        _audit(connection, by, "channel_on", channel, now)
    return was_off


def _audit(
    connection: Connection, by: str, action: str, channel: str, now: datetime, reason: str | None = None
) -> None:
    values = {"at": now, "login": by, "action": action, "subject": f"channel {channel}", "reason": reason}
    connection.execute(insert(AuditRow).values(values))


class Switches:
    """Looked up at most once a second. While the store is away what was last known holds."""

    def __init__(self, store: Handovers) -> None:
        self._store = store
        self._off: Off = {}
        self._fresh_until = 0.0

    async def sentences(self, channel: str) -> dict[str, str] | None:
        """Its sentences where the channel is off; None where it is on."""
        if time.monotonic() >= self._fresh_until:
            self._fresh_until = time.monotonic() + _SECONDS
            try:
                self._off = await self._store.run(self._look)
            except StoreFailure as failure:
                log.warning("store_failed", step="switch", reason=failure.reason)
        return self._off.get(channel)

    def _look(self) -> Off:
        with self._store.database.reading() as connection:
            return {channel: row.sentences for channel, row in off_ones(connection).items()}
