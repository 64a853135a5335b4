"""One message that came is given its turn, and all that answers it is written down for sending."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import cast

from sqlalchemy import Connection, Table, bindparam, update

from channels.delivery import contacts, inbox, outbox, points
from channels.delivery.contacts import Vault
from channels.delivery.inbox import Media
from channels.delivery.outbox import Message
from channels.delivery.sentences import (
    DOCUMENT,
    ERASED,
    IMAGE,
    NOTICE,
    NOTICE_SMS,
    OPTED_IN,
    OPTED_OUT,
    VOICE_NOTE,
    DeliverySentences,
)
from channels.delivery.speech import SpeechToText
from channels.delivery.store import Store
from channels.delivery.wording import Wording
from channels.delivery.workflows import Taken
from channels.handovers import Clock
from channels.hygiene import clean
from channels.models import Language, MessageIn
from channels.settings import Settings
from channels.store.rows import AnyRow
from channels.store.tables import InboundRow
from channels.turns import Turns, own_languages

_ALWAYS: list[Language] = ["hi", "en"]
_CLOSE = update(cast(Table, InboundRow.__table__)).where(
    InboundRow.id == bindparam("its_id"), InboundRow.state == "received"
)


@dataclass
class Said:
    """All that answers one message."""

    outcome: str
    messages: list[Message] = field(default_factory=list)
    language: Language | None = None
    failure: str | None = None  # the bot gave no answer; the messages say so


@dataclass(frozen=True)
class Heard:
    inbound: AnyRow
    contact: AnyRow
    text: str
    media: list[Media]


class Answering:
    def __init__(
        self,
        settings: Settings,
        turns: Turns,
        store: Store,
        vault: Vault,
        clock: Clock,
        speech: SpeechToText | None = None,
    ) -> None:
        self._settings, self._turns, self._store = settings, turns, store
        self._vault, self._clock, self._speech = vault, clock, speech
        self._sentences = DeliverySentences(settings.delivery_sentences_file)
        self._wording = Wording(settings)

    async def take(self, inbound_id: int, is_last: bool) -> Taken | None:
        """The messages to send for it, in order; None where the bot is to be asked again, unless it is the last try.

        Taken twice it is answered once: what was written the first time stands.
        """
        points.reached("turn_begun")
        heard = await self._store.seen(self._hear, inbound_id)
        if heard is None:
            return await self._store.seen(_as_taken, inbound_id)
        said = await self._answer(heard)
        points.reached("turn_run")
        if said.failure and not is_last:
            return None
        taken = await self._store.surely(self._write, heard, said, self._clock())
        points.reached("turn_written")
        return taken

    def _hear(self, connection: Connection, inbound_id: int) -> Heard | None:
        row = inbox.one(connection, inbound_id)
        if row is None or row.state != "received":
            return None
        contact = contacts.one(connection, row.contact_id)
        return Heard(row, contact, self._vault.open(row.sealed_body or self._vault.seal("")), inbox.media_of(row))

    async def _answer(self, heard: Heard) -> Said:
        wish = heard.inbound.wish
        if wish == "erase":
            return self._consent(heard, ERASED, "erased", is_silent=heard.contact.state == "opted_out")
        if wish == "stop":
            return self._consent(heard, OPTED_OUT, "opted_out", is_silent=heard.inbound.is_told)
        if heard.contact.state == "opted_out":
            return Said("opted_out")
        if wish == "start":
            return self._consent(heard, OPTED_IN, "answered", is_silent=heard.inbound.is_told)
        return self._with_notice(heard, await self._converse(heard))

    def _consent(self, heard: Heard, key: str, outcome: str, is_silent: bool) -> Said:
        text = self._sentences.text(key, self._languages(heard))
        return Said(outcome, [] if is_silent else [Message(text, "consent")])

    async def _converse(self, heard: Heard) -> Said:
        text, unheard = heard.text, heard.media
        if self._speech and not text and unheard and _kind(unheard[0]) == VOICE_NOTE:
            text = await self._speech.text_of(unheard[0], heard.contact.language) or ""
            unheard = [] if text else unheard
        of_media = [Message(self._sentences.text(key, self._languages(heard))) for key in _kinds(unheard)]
        if unheard and not text.strip():
            return Said("not_understood", of_media)
        said = await self._turn(heard, text)
        said.messages = of_media + said.messages
        return said

    async def _turn(self, heard: Heard, text: str) -> Said:
        contact = heard.contact
        address = self._vault.open_address(contact.sealed_address)
        message = MessageIn(
            session_id=contacts.session_of(contact), text=text, channel=contact.channel, sender=address.number
        )
        turn = await self._turns.run(message, message_id=heard.inbound.provider_id)
        language = turn.replies[-1].language if turn.replies else None
        return Said(turn.outcome, self._wording.messages(contact.channel, turn.replies), language, turn.failure)

    def _with_notice(self, heard: Heard, said: Said) -> Said:
        """Once to each contact, before the first answer."""
        version = self._settings.privacy_notice_version
        if said.messages and version and heard.contact.notice_version != version:
            languages = [said.language] if said.language else self._languages(heard)
            key = NOTICE_SMS if heard.contact.channel == "sms" else NOTICE
            said.messages.insert(0, Message(self._sentences.text(key, languages[:1]), "notice"))
        return said

    def _languages(self, heard: Heard) -> list[Language]:
        if heard.contact.language:
            return [heard.contact.language]
        text = clean(heard.text)
        return own_languages(None, text) if text.text else _ALWAYS

    def _write(self, connection: Connection, heard: Heard, said: Said, now: datetime) -> Taken:
        """The row of the inbound message is changed first: of two that answer it, the second finds it answered."""
        inbound_id, contact_id = heard.inbound.id, heard.contact.id
        if not _close(connection, inbound_id, said.outcome):
            return _as_taken(connection, inbound_id)
        add = partial(outbox.add, connection, self._vault, contact_id, now=now, inbound_id=inbound_id)
        written = [add(message, part=part) for part, message in enumerate(said.messages)]
        self._learn(connection, heard.contact, said)
        messages = outbox.up_to(connection, contact_id, written[-1]) if written else []
        return {"messages": messages, "erases": said.outcome == "erased"}

    def _learn(self, connection: Connection, contact: AnyRow, said: Said) -> None:
        is_new = said.language and said.language != contact.language
        learnt: dict[str, str] = {"language": str(said.language)} if is_new else {}
        if any(message.kind == "notice" for message in said.messages):
            learnt["notice_version"] = self._settings.privacy_notice_version
        if learnt:
            contacts.change(connection, contact.id, **learnt)


def _as_taken(connection: Connection, inbound_id: int) -> Taken:
    """What was written when it had its turn, after all that must reach the contact before it."""
    row = inbox.one(connection, inbound_id)
    erases = row is not None and row.outcome == "erased"
    return {"messages": outbox.up_to_answer(connection, inbound_id), "erases": erases}


def _close(connection: Connection, inbound_id: int, outcome: str) -> bool:
    values = {"state": "answered", "outcome": outcome, "sealed_body": None, "media": None}
    return connection.execute(_CLOSE, values | {"its_id": inbound_id}).rowcount == 1


def _kinds(media: Sequence[Media]) -> list[str]:
    return list(dict.fromkeys(_kind(each) for each in media))


def _kind(media: Media) -> str:
    return {"audio": VOICE_NOTE, "image": IMAGE}.get(media.type.split("/")[0].lower(), DOCUMENT)
