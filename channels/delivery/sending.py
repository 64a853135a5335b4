"""One message is sent: claimed, given to the provider, and its fate written down. What cannot be known is asked.

`push` looks at the message and does its next step. It may be called at any time, by anybody, any number of times.
"""

import asyncio
from datetime import datetime

from channels.delivery import points
from channels.delivery.ledger import Claim, Later, Ledger
from channels.delivery.store import Store
from channels.handovers import Clock
from channels.logs import log
from channels.metrics import deliveries
from channels.metrics.measures import SEND_SECONDS
from channels.providers.base import Refused, Sent, Unknown
from common import tracing


class Sending:
    def __init__(self, ledger: Ledger, store: Store, clock: Clock, longest: float) -> None:
        self._ledger, self._store, self._clock, self._longest = ledger, store, clock, longest

    async def push(self, outbound_id: int) -> float | None:
        """Seconds until it is to be looked at again; None once nothing is left to do."""
        return await self.go_on(outbound_id, await self._claimed(outbound_id, has_slot=False))

    async def go_on(self, outbound_id: int, found: Claim | Later | None) -> float | None:
        """From what came of claiming it."""
        if isinstance(found, Later) and found.is_slot:
            await asyncio.sleep(self._until(found.until))
            found = await self._claimed(outbound_id, has_slot=True)
        if found is None:
            return None
        if isinstance(found, Later):
            return self._until(found.until)
        return await (self._ask(found) if found.is_doubtful else self._send(found))

    async def _claimed(self, outbound_id: int, has_slot: bool) -> Claim | Later | None:
        return await self._store.surely(self._ledger.claim, outbound_id, self._clock(), has_slot)

    async def _send(self, claim: Claim) -> float | None:
        points.reached("claimed")
        try:
            with SEND_SECONDS.time(), tracing.span("send"):
                async with asyncio.timeout(self._longest):
                    sent = await claim.carrier.provider.send(claim.message)
        except Refused as refused:
            deliveries.told("refused", refused.code)
            return await self._store.surely(self._ledger.refused, claim, refused, self._clock())
        except (Unknown, TimeoutError) as unknown:
            deliveries.told("unknown")
            log.warning("send_unknown", outbound=claim.row.id, reason=getattr(unknown, "reason", "timeout"))
            return await self._store.surely(self._ledger.unknown, claim, self._clock())
        points.reached("accepted")
        deliveries.told(sent.status)
        return await self._written(claim, sent)

    async def _ask(self, claim: Claim) -> float | None:
        """Whether the provider has a message whose sending was cut off."""
        provider, since = claim.carrier.provider, claim.row.sending_at
        try:
            async with asyncio.timeout(self._longest):
                found = await provider.find(claim.message, since, claim.known)
        except (Refused, Unknown, TimeoutError):
            return await self._store.surely(self._ledger.unsaid, claim, self._clock())
        if found is None:
            return await self._store.surely(self._ledger.absent, claim, self._clock())
        return await self._written(claim, found)

    async def _written(self, claim: Claim, sent: Sent) -> float | None:
        await self._store.surely(self._ledger.sent, claim, sent, self._clock())
        points.reached("sent_written")
        return None

    def _until(self, moment: datetime) -> float:
        return max((moment - self._clock()).total_seconds(), 0.0)
