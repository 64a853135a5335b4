"""A turn as it is noted when it has ended: a few words about it, and what was asked."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from channels.bot_models import BotReply
from channels.models import MessageIn
from channels.turn_log.persons import day_of

# A person is to look at what was asked: the text is kept, sealed, for a while.
NOT_ANSWERED = frozenset({"not_understood", "choices_offered", "out_of_scope", "unavailable"})
_TAP = re.compile(r"[a-z_]+:\S*")


@dataclass(frozen=True)
class Noted:
    """`text` is as it came; it is written down without personal numbers, and only where `keeps_text`."""

    turn_id: str
    session_id: str
    message_id: str | None
    at: datetime
    channel: str
    language: str
    outcome: str
    milliseconds: int
    text: str
    entry: str | None = None
    topic: str | None = None
    district: str | None = None
    task: str | None = None

    @property
    def day(self) -> date:
        return day_of(self.at)

    @property
    def keeps_text(self) -> bool:
        return self.outcome in NOT_ANSWERED and has_question(self.text)


def has_question(text: str) -> bool:
    """Not where a button was tapped, or there is nothing to read."""
    return bool(text.strip()) and not _TAP.fullmatch(text.strip())


def noted(
    turn_id: str,
    message: MessageIn,
    message_id: str | None,
    replies: list[BotReply],
    outcome: str,
    milliseconds: float,
    at: datetime,
) -> Noted:
    return Noted(
        turn_id=turn_id,
        session_id=message.session_id,
        message_id=message_id,
        at=at,
        channel=message.channel,
        language=replies[-1].language if replies else "",
        outcome=outcome,
        milliseconds=round(milliseconds),
        text=message.text,
        entry=_last(replies, "entry"),
        topic=_last(replies, "topic"),
        district=_last(replies, "district"),
        task=_last(replies, "task"),
    )


def _last(replies: list[BotReply], name: str) -> str | None:
    """What the bot named last; of several answers to one message the last counts."""
    return next((value for reply in reversed(replies) if (value := getattr(reply, name))), None)
