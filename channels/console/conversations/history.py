"""What a user and the assistant said to each other before a person came, with how each turn ended."""

from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import BaseModel, ValidationError

from channels.bot_client import BotClient
from channels.console.conversations.masking import masked
from channels.errors import BotFailure


class _Said(BaseModel):
    speaker: str
    text: str
    at: float
    outcome: str | None = None


class _History(BaseModel):
    said: list[_Said]


@dataclass(frozen=True)
class Said:
    speaker: str
    text: str
    at: datetime
    outcome: str | None


async def history(bot: BotClient, session_id: str) -> list[Said] | None:
    """Masked, oldest first. None: the bot does not answer."""
    try:
        found = _History.model_validate_json(await bot.history(session_id))
    except (BotFailure, ValidationError):
        return None
    return [_said(each) for each in found.said]


def _said(each: _Said) -> Said:
    return Said(each.speaker, masked(each.text), datetime.fromtimestamp(each.at, UTC), each.outcome)
