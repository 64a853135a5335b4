"""One turn: a message comes in, cleaned, in order, to the bot, and always gets an answer."""

import asyncio
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from channels.bot_client import BotClient
from channels.bot_models import BotReply
from channels.caps import Cap, Caps
from channels.errors import BotFailure, StoreFailure, TooBusy
from channels.handovers import Handovers, as_reply
from channels.hygiene import CleanText, clean, visible
from channels.logs import Stopwatch, log
from channels.memory import Recent, Sessions
from channels.metrics.measures import TURNS_IN_PROGRESS
from channels.metrics.turns import count
from channels.models import HandoverState, Language, MessageIn, Outcome
from channels.privacy.rights import Rights
from channels.sentences import (
    CHANNEL_OFF,
    NOTED,
    OUTCOMES,
    RATE_LIMITED,
    TOO_LONG,
    TOO_MANY,
    UNAVAILABLE,
    Sentences,
)
from channels.switch.state import Switches
from channels.turn_log.notes import Notes
from common import tracing


@dataclass
class Turn:
    """What answers one message."""

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    replies: list[BotReply] = field(default_factory=list)
    outcome: Outcome = "unavailable"
    failure: str | None = None
    handover: HandoverState | None = None
    clock: Stopwatch = field(default_factory=Stopwatch)
    cap: Cap | None = None  # of who was counted already


class Turns:
    """Runs turns and keeps the last ones for the simulator. `within`: seconds until a page gets some answer."""

    def __init__(
        self,
        bot: BotClient,
        sentences: Sentences,
        sessions: Sessions,
        handovers: Handovers,
        longest: int,
        kept: int,
        notes: Notes,
        rights: Rights,
        switches: Switches,
        caps: Caps,
        entries: frozenset[str] = frozenset(),
        within: float | None = None,
    ) -> None:
        self._bot, self._sentences, self._sessions = bot, sentences, sessions
        self._handovers, self.notes, self._rights = handovers, notes, rights
        self._switches, self._caps = switches, caps
        self._longest, self._entries, self._within = longest, entries, within
        self.kept: Recent[list[BotReply]] = Recent(kept)

    async def run(self, message: MessageIn, message_id: str | None = None, cap: Cap | None = None) -> Turn:
        """`message_id`: by which the bot knows a message that comes again. `cap`: None where we are to count."""
        with TURNS_IN_PROGRESS.track_inprogress(), tracing.span("turn", channel=message.channel):
            turn = await self._had(message, message_id, cap)
            tracing.note(outcome=turn.outcome)
        return turn

    async def _had(self, message: MessageIn, message_id: str | None, cap: Cap | None) -> Turn:
        turn = Turn(cap=cap)
        with turn.clock.part("hygiene"), tracing.span("hygiene"):
            text = clean(message.text)
        if len(text.text) > self._longest and cap in (None, "go"):
            self._say(turn, TOO_LONG, message, text)
        else:
            await self._answer(turn, message, text, message_id)
        self.kept.put(turn.id, turn.replies)
        seconds = turn.clock.seconds()
        count(message.channel, turn.outcome, turn.failure, turn.replies, seconds, self._entries)
        self.notes.note(turn.id, message, message_id, turn.replies, turn.outcome, seconds["total"] * 1000)
        return turn

    async def _answer(self, turn: Turn, message: MessageIn, text: CleanText, message_id: str | None) -> None:
        arrived = time.perf_counter()
        try:
            async with asyncio.timeout(self._within if message.channel == "web" else None):
                async with self._sessions.turn(message.session_id):
                    turn.clock.add("wait", arrived)
                    tracing.ended("wait", arrived)
                    await self._converse(turn, message, text, message_id)
        except TimeoutError:
            turn.failure = "late"
            self._say(turn, UNAVAILABLE, message, text)
        except TooBusy:
            turn.failure = "too_busy"
            self._say(turn, RATE_LIMITED, message, text)
        except BotFailure as failure:
            turn.failure = failure.reason
            self._say(turn, UNAVAILABLE, message, text)
        except StoreFailure:
            turn.failure = "store"
            self._say(turn, UNAVAILABLE, message, text)

    async def _converse(self, turn: Turn, message: MessageIn, text: CleanText, message_id: str | None) -> None:
        """A person answers, or the bot does: never both."""
        languages = own_languages(self._sessions.language(message.session_id), text)
        if told := await self._rights.heard(message.session_id, message.text, languages):
            turn.replies, turn.outcome = told, "small_talk"
            return
        if (own := await self._switches.sentences(message.channel)) is not None:
            return self._say(turn, CHANNEL_OFF, message, text, own)
        if (cap := turn.cap or self._caps.take(message.session_id, message_id)) != "go":
            return self._refuse(turn, message, text, is_first=cap == "first")
        if await self._is_with_staff(turn, message, message_id):
            return
        if await self.notes.marks.heard(message.session_id, message.text, message_id):
            return self._say(turn, NOTED, message, text)
        was_waiting = turn.handover == "waiting"
        with turn.clock.part("bot"), tracing.span("bot.ask"):
            replies = await self._bot.ask(
                message.session_id, text, message.channel, message.sender, message_id, turn_id=turn.id
            )
        if was_waiting and await self._is_with_staff(turn, message, message_id):
            return  # a person took it while the bot was thinking
        turn.replies += replies
        turn.outcome = outcome_of(replies)
        self._sessions.remember(message.session_id, replies[-1].language)
        if any(reply.handover for reply in replies):
            turn.handover = await self._handovers.ask(message, replies)

    async def _is_with_staff(self, turn: Turn, message: MessageIn, message_id: str | None) -> bool:
        """Gives the message to the person who has the conversation, and theirs to the user."""
        with turn.clock.part("store"), tracing.span("store"):
            heard = await self._handovers.hear(message.session_id, visible(message.text), message_id)
        turn.handover = heard.state
        turn.replies += [as_reply(each) for each in heard.messages]
        if heard.state == "taken":
            turn.outcome = "with_staff"
        return heard.state == "taken"

    def _refuse(self, turn: Turn, message: MessageIn, text: CleanText, is_first: bool) -> None:
        """Said once where each message is sent to them, and always where they wait for an answer."""
        turn.outcome = "unavailable"
        if is_first or message.channel in ("web", "voice"):
            self._say(turn, TOO_MANY, message, text)

    def _say(
        self, turn: Turn, key: str, message: MessageIn, text: CleanText, own: Mapping[str, str] | None = None
    ) -> None:
        """`own`: texts by language that stand in place of the usual ones."""
        languages = own_languages(self._sessions.language(message.session_id), text)
        usual = self._sentences.replies(key, languages)
        turn.replies += [each.model_copy(update={"text": (own or {}).get(each.language, each.text)}) for each in usual]
        turn.outcome = OUTCOMES[key]


def own_languages(last: Language | None, text: CleanText) -> list[Language]:
    """In which languages the gateway itself speaks: it cannot tell Hinglish from English."""
    if last:
        return [last]
    return ["hi"] if text.is_devanagari else ["hi-Latn", "en"]


def outcome_of(replies: list[BotReply]) -> Outcome:
    """How the turn ended: the last outcome the bot named."""
    for reply in reversed(replies):
        for outcome in get_args(Outcome):
            if reply.outcome == outcome:
                return outcome  # type: ignore[no-any-return]
    log.warning("outcome_missing", entry=replies[-1].entry)
    return "answered"
