"""What waits: messages to answer and to send, people who wait for a person. Read at a scrape, seldom."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection, func, select, text

from channels.errors import StoreFailure
from channels.handovers import Handovers
from channels.store.tables import HandoverRow, InboundRow, OutboundRow

SECONDS = 5.0  # for so long a reading stands
# Written out, not bound: only so do the partial indexes serve.
_RECEIVED = text("state = 'received'")
_TO_SEND = text("state IN ('waiting', 'sending')")
_ENDED = text("state IN ('failed', 'dead')")
_WAITING = text("closed_at IS NULL AND taken_by IS NULL")
_TAKEN = text("closed_at IS NULL AND taken_by IS NOT NULL")


@dataclass
class Depths:
    """`lengths` and `ages` (seconds that the oldest is late) by the queue's name."""

    lengths: dict[str, int] = field(default_factory=dict)
    ages: dict[str, float] = field(default_factory=dict)

    def put(self, name: str, length: int, oldest: datetime | None, now: datetime) -> None:
        self.lengths[name] = length
        self.ages[name] = max((now - oldest).total_seconds(), 0.0) if oldest else 0.0


class Queues(Collector):
    """`refresh`, then `collect`. While the store is away nothing is told of the queues, only that it is away."""

    def __init__(self, store: Handovers, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._depths: Depths | None = None
        self._read_at = float("-inf")

    async def refresh(self) -> None:
        if time.monotonic() - self._read_at < SECONDS:
            return
        self._read_at = time.monotonic()  # before the reading: scrapes at the same moment share it
        try:
            self._depths = await self._store.run(self._read)
        except StoreFailure:
            self._depths = None

    def _read(self) -> Depths:
        with self._store.database.reading() as connection:
            return read(connection, self._clock())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        found = self._depths
        yield GaugeMetricFamily("store_up", "Whether the gateway's database answers.", 0.0 if found is None else 1.0)
        lengths = GaugeMetricFamily("queue_length", "How many wait.", labels=["queue"])
        ages = GaugeMetricFamily("queue_oldest_seconds", "How long the oldest is late.", labels=["queue"])
        for name, length in (found.lengths if found else {}).items():
            lengths.add_metric([name], length)
            ages.add_metric([name], found.ages[name] if found else 0.0)
        yield lengths
        yield ages


def read(connection: Connection, now: datetime) -> Depths:
    depths = Depths()
    received = select(func.count(), func.min(InboundRow.received_at)).where(_RECEIVED)
    depths.put("inbound_received", *connection.execute(received).one(), now)
    _outbound(connection, depths, now)
    for name, which in (("staff_waiting", _WAITING), ("staff_taken", _TAKEN)):
        asked = select(func.count(), func.min(HandoverRow.asked_at)).where(which)
        depths.put(name, *connection.execute(asked).one(), now)
    return depths


def _outbound(connection: Connection, depths: Depths, now: datetime) -> None:
    """Late is what should have gone by now; a message that is tried again in an hour is not."""
    for name in ("waiting", "sending", "failed", "dead"):
        depths.put(f"outbound_{name}", 0, None, now)
    for which, since in ((_TO_SEND, OutboundRow.not_before), (_ENDED, OutboundRow.created_at)):
        counted = select(OutboundRow.state, func.count(), func.min(since)).where(which).group_by(OutboundRow.state)
        for state, length, oldest in connection.execute(counted):
            depths.put(f"outbound_{state}", length, oldest, now)
