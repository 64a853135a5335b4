"""What was said in a conversation, for a person who takes it over."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.tracker_store import PlainSqlTrackerStore

MOST = 100


async def said_in(store: PlainSqlTrackerStore, sender_id: str) -> list[dict[str, Any]]:
    """The newest messages of both sides, oldest first."""
    tracker = await store.session(sender_id)
    said = [_said(event) for event in tracker.events if isinstance(event, (UserUttered, BotUttered))] if tracker else []
    return [each for each in said if each["text"]][-MOST:]


def _said(event: Event) -> dict[str, Any]:
    by_user = isinstance(event, UserUttered)
    custom = {} if by_user else (event.data or {}).get("custom") or {}
    return {
        "speaker": "user" if by_user else "bot",
        "text": (event.text or "").strip(),
        "at": event.timestamp,
        "outcome": custom.get("outcome"),
    }
