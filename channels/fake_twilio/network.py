"""All the parts of the fake, and what runs in the background."""

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine
from typing import Any

import httpx

from channels.fake_twilio.callbacks import Carrier
from channels.fake_twilio.calls import Exchange
from channels.fake_twilio.faults import Dice
from channels.fake_twilio.inbound import Inbound
from channels.fake_twilio.line import Line
from channels.fake_twilio.messages import Clock, Ledger, current_time, new_sid
from channels.fake_twilio.sending import Desk
from channels.fake_twilio.settings import FakeSettings
from channels.fake_twilio.templates import Templates

MOST_MEDIA = 50


class Network:
    """What the routes work with."""

    def __init__(
        self, settings: FakeSettings, transport: httpx.AsyncBaseTransport | None = None, clock: Clock = current_time
    ) -> None:
        self.settings, self.dice, self.templates = settings, Dice(), Templates()
        self.ledger = Ledger(settings.fake_twilio_remembers, clock)
        self.line = Line(settings, self.ledger, transport)
        self.desk = Desk(settings, self.ledger, self.templates)
        self.carrier = Carrier(settings, self.ledger, self.line, self.dice)
        self.inbound = Inbound(settings, self.ledger, self.line, self.dice)
        self.exchange = Exchange(settings, self.line)
        self.media: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """In the background; `settle` waits for it."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def settle(self) -> None:
        """Until nothing is under way."""
        while self._running:
            await asyncio.wait(self._running)

    def keep_media(self, kind: str, content: bytes) -> str:
        """The id of what a contact is about to send."""
        sid = new_sid("ME")
        self.media[sid] = (kind, content)
        while len(self.media) > MOST_MEDIA:
            self.media.popitem(last=False)
        return sid

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self.line.close()
