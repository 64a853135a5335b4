"""Delivery as the rest of the gateway knows it: takes in what webhooks bring, and sees to it that all is answered."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Mapping
from datetime import timedelta

from sqlalchemy import Connection

from channels.delivery import contacts, erasure, inbox, outbox, points, statuses, tending, unasked
from channels.delivery.answering import Answering, Turned
from channels.delivery.carriers import Carrier
from channels.delivery.contacts import Address, Vault
from channels.delivery.erasure import Forget
from channels.delivery.inbox import Incoming
from channels.delivery.last import Last
from channels.delivery.late import Late
from channels.delivery.ledger import Ledger
from channels.delivery.outbox import Message
from channels.delivery.sending import Sending
from channels.delivery.speech import SpeechToText
from channels.delivery.store import Store
from channels.delivery.workflows import Taken, Workflows
from channels.errors import BotFailure
from channels.handovers import Clock
from channels.logs import log, where
from channels.metrics import deliveries
from channels.settings import Settings
from channels.store.database import Database
from channels.turns import Turns

_STRAYED = timedelta(seconds=60)
_TIDIED, _LOOKED = 3600.0, 3.0  # seconds between two times
_AWAY = 1.0  # until the database is tried again
_GATHERED = 0.01  # so that many messages in a short time are looked up together
_MOST_TURNS = 16
_AT_THE_DOOR = 1


def vault_of(settings: Settings) -> Vault:
    return Vault(settings.contact_hash_key.get_secret_value(), settings.contact_seal_key.get_secret_value())


class Delivery:
    """`carriers`: by channel. `speech` and `forget` are places to hang an adapter on."""

    def __init__(
        self,
        settings: Settings,
        carriers: Mapping[str, Carrier],
        turns: Turns,
        database: Database,
        clock: Clock,
        speech: SpeechToText | None = None,
        forget: Forget | None = None,
    ) -> None:
        self.name = settings.gateway_name or f"{socket.gethostname()}:{settings.gateway_port}"
        self._settings, self._clock, self._forget = settings, clock, forget
        self._vault, self._store, self._speech = vault_of(settings), Store(database), speech
        self._door = Store(database, _AT_THE_DOOR)  # webhooks do not wait behind the messages that are being answered
        ledger = Ledger(settings, dict(carriers), self._vault)
        self._answering = Answering(settings, turns, self._store, self._vault, clock, ledger, speech)
        self._late = Late(settings, self._answering, self._store, self._vault, clock, self._strangers)
        self._sending = Sending(ledger, self._store, clock, settings.send_timeout_seconds)
        self._ledger = ledger
        self._with_template = {channel for channel, each in carriers.items() if each.window_template}
        self._workflows = Workflows(self, settings.workflow_address, self.name, settings.turn_again_seconds)
        self._turns_at_once = asyncio.Semaphore(_MOST_TURNS)
        self._news = asyncio.Event()
        self._has_posted = self._has_strangers = False  # messages that no workflow sends yet
        self._swept, self._looked, self._tidied = Last(), Last(), Last()
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """With the database away the gateway starts too, and delivers as soon as it is back."""
        if self._settings.deliver == "apart":
            return
        is_up = await self._launched()
        self._sweeper = asyncio.create_task(self._sweep_for_ever(is_up))

    async def _launched(self) -> bool:
        try:
            await self._store.write(tending.seen, self.name, self._clock())
            self._workflows.launch()
        except Exception as error:
            log.warning("delivery_waits", error=type(error).__name__, where=where(error))
            return False
        return True

    async def close(self) -> None:
        if self._sweeper:
            self._sweeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sweeper
        await self._workflows.close()
        if self._speech:
            self._speech.close()
        self._store.close()
        self._door.close()

    # ---- what comes from outside

    async def receive(self, message: Incoming) -> int | None:
        """Recorded when this returns; None if it was there already. Raises StoreFailure: then it is not ours."""
        points.reached("before_recorded")
        within = self._settings.record_within_seconds
        inbound_id = await self._door.within(within, inbox.record, self._vault, message, self._clock())
        points.reached("recorded")
        return inbound_id

    def not_taken(self, message: Incoming) -> str:
        """What the person is told whose message could not be recorded."""
        return self._answering.not_taken(message.text)

    async def begin(self) -> None:
        """After the provider has its answer."""
        points.reached("acknowledged")
        self._news.set()

    async def learn(self, reference: str, provider_id: str, status: str, code: str | None) -> None:
        """A status of a message. Raises StoreFailure."""
        deliveries.told(status, code)
        again = await self._door.write(statuses.apply, reference, provider_id, status, code, self._clock())
        if again is not None:
            self._has_strangers = True

    def post(self, connection: Connection, session_id: str, kind: outbox.Kind, text: str) -> bool:
        """What staff or the gateway write, in the transaction that writes it down. False: no contact's session."""
        contact = contacts.of_session(connection, session_id)
        if contact is None:
            return False
        outbox.add(connection, self._vault, contact.id, Message(text, kind), self._clock())
        self._has_posted = True
        return True

    async def text(self, to: str, ours: str, text: str, name: str) -> bool:
        """An SMS that answers no message; see unasked.record. Raises StoreFailure."""
        address = Address.read(to)
        is_taken = await self._store.write(unasked.record, self._vault, address, ours, text, name, self._clock())
        self._has_posted = True
        self.posted()
        return is_taken

    async def write(self, to: str, text: str, name: str) -> unasked.Outcome:
        """A message that answers none, to who has written on this channel before. Raises StoreFailure."""
        address, now = Address.read(to), self._clock()
        has_template = address.channel in self._with_template
        outcome = await self._store.write(unasked.to_known, self._vault, address, text, name, now, has_template)
        self._has_posted = True
        self.posted()
        return outcome

    def _strangers(self) -> None:
        """Something is to be sent that no workflow sends yet."""
        self._has_strangers = True
        self._news.set()

    def posted(self) -> None:
        """After that transaction."""
        if self._has_posted:
            self._has_posted = False
            self._strangers()

    # ---- the steps of the workflows

    async def answer(self, inbound_id: int, is_last: bool) -> Taken | None:
        waiting = asyncio.create_task(self._late.tell_in_time(inbound_id))
        try:
            turned = await self._take(inbound_id, is_last)
        finally:
            waiting.cancel()
        if turned is None:
            await self._late.tell_if_due(inbound_id)
            return None
        self._news.set()  # the contact's next message may have its turn while this answer is on its way
        return {"messages": await self._left(turned), "erases": turned.taken["erases"]}

    async def _left(self, turned: Turned) -> list[int]:
        """Sends one after the other, up to the first that has to wait: that one and what comes after it."""
        messages = turned.taken["messages"]
        for place, message in enumerate(messages):
            step = self.push(message) if place else self._guarded(message, self._sending.go_on(message, turned.first))
            if await step is not None:
                return messages[place:]
        return []

    async def _take(self, inbound_id: int, is_last: bool) -> Turned | None:
        try:
            async with self._turns_at_once:
                return await self._answering.take(inbound_id, is_last)
        except Exception as error:
            log.error("turn_broken", inbound=inbound_id, error=type(error).__name__, where=where(error))
            deliveries.given_up("dead", "turn")
            await self._store.surely(inbox.bury, inbound_id)
            return Turned({"messages": [], "erases": False})

    async def push(self, outbound_id: int) -> float | None:
        return await self._guarded(outbound_id, self._sending.push(outbound_id))

    async def _guarded(self, outbound_id: int, step: Awaitable[float | None]) -> float | None:
        try:
            return await step
        except Exception as error:
            log.error("send_broken", outbound=outbound_id, error=type(error).__name__, where=where(error))
            await self._store.surely(self._ledger.broken, outbound_id, type(error).__name__)
            return None

    async def up_to(self, outbound_id: int) -> list[int]:
        return await self._store.surely(outbox.before, outbound_id)

    async def erase(self, inbound_id: int) -> None:
        """The bot first: once the contact is gone nobody knows its session."""
        session = await self._store.surely(erasure.session, inbound_id)
        while session and self._forget:
            try:
                await self._forget(session)
                break
            except BotFailure as failure:
                log.warning("not_forgotten_yet", inbound=inbound_id, reason=failure.reason)
                await asyncio.sleep(self._settings.sweep_seconds)
        await self._store.surely(erasure.erase, inbound_id, self._clock())

    # ---- the sweep

    async def _sweep_for_ever(self, is_up: bool) -> None:
        """Whatever is to be done and has no workflow gets one: at the start, on news, and every few seconds."""
        while not is_up:
            await asyncio.sleep(max(self._settings.sweep_seconds, _AWAY))
            is_up = await self._launched()
        while True:
            try:
                await self._answer_heads()
                await self._sweep()
            except Exception as error:
                log.warning("sweep_failed", error=type(error).__name__, where=where(error))
                await asyncio.sleep(_AWAY)
            await self._wait_for_news()

    async def _wait_for_news(self) -> None:
        await asyncio.sleep(_GATHERED)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._settings.sweep_seconds):
                await self._news.wait()
        self._news.clear()

    async def _sweep(self) -> None:
        if self._swept.is_due(self._settings.sweep_seconds) or self._has_strangers:
            self._has_strangers = False
            for row in await self._store.read(outbox.unattended, self._clock() - _STRAYED):
                await self._workflows.speak(row.id, row.reference)
        if self._looked.is_due(max(self._settings.sweep_seconds, _LOOKED)):
            await self._take_over()
        if self._tidied.is_due(_TIDIED):
            await self._tidy()

    async def _take_over(self) -> None:
        gone = await self._store.write(tending.gone, self.name, self._clock())
        if gone:
            await asyncio.to_thread(self._workflows.recover, gone)
            await self._store.write(tending.forget, gone, self._clock())

    async def _answer_heads(self) -> None:
        for row in await self._store.read(inbox.heads):
            await self._workflows.answer(row.id, f"{row.provider_id}-{row.replays}")

    async def _tidy(self) -> None:
        oldest = self._clock() - timedelta(days=self._settings.keep_messages_days)
        await self._store.write(tending.tidy, oldest)
        await self._workflows.tidy(oldest)
