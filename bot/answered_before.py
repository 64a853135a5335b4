"""A message that comes again: what was answered the first time is answered again, and the dialogue stays where it is.

Whoever asks the bot may die before the answer reaches them, and must be able to ask again. Rasa saves a turn at its
end, so a turn that is in the tracker is whole, and one that was cut off has left nothing there.
"""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


async def recorded_answer(store: TrackerStore, sender_id: str, message_id: str) -> list[dict[str, Any]]:
    """What was said to the message with this id, as a channel gets it; empty if it was never answered."""
    tracker = await store.retrieve(sender_id)
    return said_to(tracker, message_id) if tracker else []


def said_to(tracker: DialogueStateTracker, message_id: str) -> list[dict[str, Any]]:
    events = list(tracker.events)
    places = [i for i, e in enumerate(events) if isinstance(e, UserUttered) and e.message_id == message_id]
    place = max(places, default=None)  # what was not answered at first may have been since
    if place is None:
        return []
    turn = takewhile(lambda event: not isinstance(event, UserUttered), events[place + 1 :])
    return [{"text": event.text, **event.data} for event in turn if isinstance(event, BotUttered)]
