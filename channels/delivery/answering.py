"""One message that came is given its turn, and all that answers it is written down for sending."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, update

from channels.bot_models import BotReply
from channels.caps import Cap
from channels.delivery import contacts, counted, doubt, inbox, outbox, points
from channels.delivery.contacts import Vault
from channels.delivery.inbox import Media
from channels.delivery.ledger import Claim, Later, Ledger
from channels.delivery.outbox import Message
from channels.delivery.sentences import (
    DOCUMENT,
    ERASED,
    HINT,
    HINT_SMS,
    IMAGE,
    LATE,
    NOT_TAKEN,
    NOTICE,
    NOTICE_SMS,
    OPTED_IN,
    OPTED_OUT,
    SHOWN,
    VOICE_CONFIRM,
    VOICE_NOTE,
    VOICE_UNCLEAR,
    DeliverySentences,
)
from channels.delivery.speech import NotNow, SpeechToText
from channels.delivery.store import Store
from channels.delivery.wording import Wording
from channels.delivery.workflows import Taken
from channels.handovers import Clock
from channels.hygiene import clean
from channels.models import Language, MessageIn
from channels.privacy import redact
from channels.privacy.person import kept_of
from channels.settings import Settings
from channels.store.rows import AnyRow
from channels.store.tables import InboundRow
from channels.turn_log.marks import ANSWERS
from channels.turns import Turns, own_languages

_ALWAYS: list[Language] = ["hi", "en"]
_READ_BACK = 300
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
    doubt: str = ""  # words that wait for a yes
    hinted: bool = False  # at how to say whether it helped


@dataclass(frozen=True)
class Turned:
    """What is to send, and what came of claiming the first of it in the same transaction."""

    taken: Taken
    first: Claim | Later | None = None


@dataclass(frozen=True)
class Heard:
    inbound: AnyRow
    contact: AnyRow
    text: str
    media: list[Media]
    doubt: str
    cap: Cap


class Answering:
    def __init__(
        self,
        settings: Settings,
        turns: Turns,
        store: Store,
        vault: Vault,
        clock: Clock,
        ledger: Ledger,
        speech: SpeechToText | None = None,
    ) -> None:
        self._settings, self._turns, self._store, self._ledger = settings, turns, store, ledger
        self._vault, self._clock, self._speech = vault, clock, speech
        self._sentences = DeliverySentences(settings.delivery_sentences_file)
        self._wording = Wording(settings)

    async def take(self, inbound_id: int, is_last: bool) -> Turned | None:
        """The messages to send for it, in order; None where the bot is to be asked again, unless it is the last try.

        Taken twice it is answered once: what was written the first time stands.
        """
        points.reached("turn_begun")
        heard = await self._store.seen(self._hear, inbound_id)
        if heard is None:
            return await self._store.surely(self._turned, inbound_id, self._clock())
        said = await self._answer(heard)
        points.reached("turn_run")
        if said.failure and not is_last:
            return None
        turned = await self._store.surely(self._write, heard, said, self._clock())
        points.reached("turn_written")
        return turned

    def not_taken(self, text: str) -> str:
        """Of somebody who is not looked up: the store is away."""
        cleaned = clean(text)
        return self._sentences.text(NOT_TAKEN, own_languages(None, cleaned) if cleaned.text else _ALWAYS)

    async def late(self, inbound_id: int) -> tuple[Heard, Message] | None:
        """What tells that an answer takes longer; None where none is to come, or a person has the conversation."""
        heard = await self._store.read(self._hear, inbound_id)
        if heard is None or heard.contact.state != "active" or heard.inbound.wish:
            return None
        return heard, Message(self._sentences.text(LATE, self._languages(heard)), "hold")

    def _hear(self, connection: Connection, inbound_id: int) -> Heard | None:
        row = inbox.one(connection, inbound_id)
        if row is None or row.state != "received":
            return None
        contact = contacts.one(connection, row.contact_id)
        text = self._vault.open(row.sealed_body) if row.sealed_body else ""
        doubtful, limits = doubt.of(connection, self._vault, contact.id), self._settings
        cap = counted.cap(connection, row, limits.messages_a_minute, limits.messages_a_day)
        return Heard(row, contact, text, inbox.media_of(row), doubtful, cap)

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
        if wish == "show":
            return self._with_notice(heard, await self._shown(heard))
        return self._with_notice(heard, await self._converse(heard))

    def _consent(self, heard: Heard, key: str, outcome: str, is_silent: bool) -> Said:
        text = self._sentences.text(key, self._languages(heard))
        return Said(outcome, [] if is_silent else [Message(text, "consent")])

    async def _shown(self, heard: Heard) -> Said:
        """What is kept of them, in a sentence; the helpline gives it whole."""
        contact = heard.contact
        messages, talks = await self._store.seen(kept_of, contact.id, contacts.session_of(contact))
        gaps = {"messages": str(messages), "talks": str(talks), "days": str(self._settings.keep_messages_days)}
        return self._own(heard, SHOWN, "small_talk", **gaps)

    async def _converse(self, heard: Heard) -> Said:
        if heard.cap != "go":
            return await self._turn(heard, heard.text)
        is_silent, kinds = not heard.text.strip(), _kinds(heard.media)
        if self._speech and is_silent and kinds[:1] == [VOICE_NOTE]:
            return await self._listened(heard, self._speech)
        of_media = [Message(self._sentences.text(key, self._languages(heard))) for key in kinds]
        if of_media and is_silent:
            return Said("not_understood", of_media)
        said = await self._taken(heard, heard.text)
        said.messages = of_media + said.messages
        return said

    async def _listened(self, heard: Heard, speech: SpeechToText) -> Said:
        """Words that are doubtful are read back, without personal numbers."""
        try:
            note = await speech.hear(heard.media[0], heard.contact.language)
        except NotNow as failure:
            return self._own(heard, VOICE_NOTE, "unavailable", failure=failure.reason)
        if note is None:
            return self._own(heard, VOICE_UNCLEAR, "not_understood")
        if note.is_sure:
            return await self._taken(heard, note.words)
        said = self._own(heard, VOICE_CONFIRM, "question_asked", words=redact(note.words)[:_READ_BACK])
        said.doubt = note.words
        return said

    def _own(self, heard: Heard, key: str, outcome: str, failure: str | None = None, **gaps: str) -> Said:
        return Said(outcome, [Message(self._sentences.text(key, self._languages(heard), **gaps))], failure=failure)

    async def _taken(self, heard: Heard, text: str) -> Said:
        """A yes stands for the words that it confirms."""
        if heard.doubt and doubt.is_no(text):
            return self._own(heard, VOICE_UNCLEAR, "not_understood")
        return await self._turn(heard, heard.doubt if heard.doubt and doubt.is_yes(text) else text)

    async def _turn(self, heard: Heard, text: str) -> Said:
        contact = heard.contact
        address = self._vault.open_address(contact.sealed_address)
        message = MessageIn(
            session_id=contacts.session_of(contact), text=text, channel=contact.channel, sender=address.number
        )
        turn = await self._turns.run(message, message_id=heard.inbound.provider_id, cap=heard.cap)
        language = turn.replies[-1].language if turn.replies else None
        outcome = counted.REFUSED if heard.cap != "go" and turn.outcome == "unavailable" else turn.outcome
        said = Said(outcome, self._wording.messages(contact.channel, turn.replies), language, turn.failure)
        return self._with_hint(heard, said, turn.replies)

    def _with_hint(self, heard: Heard, said: Said, replies: Sequence[BotReply]) -> Said:
        """Once in a while; not with the notice, which is enough to read."""
        if said.outcome not in ANSWERS or said.language is None or self._needs_notice(heard) or self._is_hinted(heard):
            return said
        hint = self._sentences.text(HINT_SMS if heard.contact.channel == "sms" else HINT, [said.language])
        hinted = self._wording.hinted(heard.contact.channel, replies, hint)
        return replace(said, messages=hinted, hinted=True) if hinted else said

    def _is_hinted(self, heard: Heard) -> bool:
        days, last = self._settings.marks_hint_days, heard.contact.hinted_at
        return not days or (last is not None and self._clock() - last < timedelta(days=days))

    def _needs_notice(self, heard: Heard) -> bool:
        version = self._settings.privacy_notice_version
        return bool(version) and heard.contact.notice_version != version

    def _with_notice(self, heard: Heard, said: Said) -> Said:
        """Once to each contact, before the first answer."""
        if said.messages and self._needs_notice(heard):
            languages = [said.language] if said.language else self._languages(heard)
            key = NOTICE_SMS if heard.contact.channel == "sms" else NOTICE
            said.messages.insert(0, Message(self._sentences.text(key, languages[:1]), "notice"))
        return said

    def _languages(self, heard: Heard) -> list[Language]:
        if heard.contact.language:
            return [heard.contact.language]
        text = clean(heard.text)
        return own_languages(None, text) if text.text else _ALWAYS

    def _write(self, connection: Connection, heard: Heard, said: Said, now: datetime) -> Turned:
        """The row of the inbound message is changed first: of two that answer it, the second finds it answered."""
        inbound_id, contact_id = heard.inbound.id, heard.contact.id
        if not _close(connection, inbound_id, said.outcome):
            return self._turned(connection, inbound_id, now)
        add = partial(outbox.add, connection, self._vault, contact_id, now=now, inbound_id=inbound_id)
        for part, message in enumerate(said.messages):
            add(message, part=part)
        if heard.doubt or said.doubt:  # hardly ever
            doubt.keep(connection, self._vault, contact_id, said.doubt)
        self._learn(connection, heard.contact, said, now)
        return self._turned(connection, inbound_id, now)

    def _turned(self, connection: Connection, inbound_id: int, now: datetime) -> Turned:
        taken = _as_taken(connection, inbound_id)
        if not taken["messages"]:
            return Turned(taken)
        return Turned(taken, self._ledger.claim(connection, taken["messages"][0], now, has_slot=False))

    def _learn(self, connection: Connection, contact: AnyRow, said: Said, now: datetime) -> None:
        is_new = said.language and said.language != contact.language
        learnt: dict[str, Any] = {"language": str(said.language)} if is_new else {}
        if said.hinted:
            learnt["hinted_at"] = now
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
