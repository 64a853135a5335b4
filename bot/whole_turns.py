"""A turn is whole or leaves nothing behind, so that whoever asks may ask again.

Where an action fails Rasa goes on without it, says the half it has and remembers the half it has.
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.shared.core.events import Event

from bot import points

_rasas_run = RemoteAction.run


class TurnFailed(BaseException):
    """Breaks the turn off before anything is saved: Rasa would catch an ordinary exception, and go on."""


def install() -> None:
    """For the serving process."""
    RemoteAction.run = _run


async def _run(self: RemoteAction, *given: Any, **named: Any) -> list[Event]:
    points.reached("action_called")
    try:
        events = await _rasas_run(self, *given, **named)
    except ActionExecutionRejection:
        raise  # an action's way to say that the message is not for it
    except Exception as error:
        raise TurnFailed(self.name()) from error
    points.reached("action_answered")
    return events
