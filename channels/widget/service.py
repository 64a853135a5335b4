"""What the widget's routes share: who may speak, how often, and the answers that may be asked for again."""

import hashlib
from datetime import timedelta

from channels.errors import StoreFailure
from channels.handovers import Clock, Handovers
from channels.limits import Limit
from channels.memory import Recent, Sessions
from channels.models import MessageIn
from channels.render import render
from channels.settings import Settings
from channels.turns import Turn, Turns
from channels.widget.desk import Sign
from channels.widget.models import WidgetMessageIn, WidgetMessageOut
from channels.widget.place import place_of
from channels.widget.tokens import Tokens


class Widget:
    def __init__(self, settings: Settings, turns: Turns, handovers: Handovers, lines: Sessions, clock: Clock) -> None:
        self.settings, self.clock, self._turns, self._handovers = settings, clock, turns, handovers
        self.tokens = Tokens(
            settings.contact_seal_key.get_secret_value(),
            timedelta(minutes=settings.widget_token_minutes),
            timedelta(hours=settings.widget_session_hours),
        )
        sessions = settings.remembered_sessions
        self.messages = Limit(settings.widget_messages_a_minute, sessions, clock)
        self.polls = Limit(settings.widget_polls_a_minute, sessions, clock)
        self.addresses = Limit(settings.widget_address_a_minute, sessions, clock)
        self.sign = Sign(settings, handovers, clock)
        self._answered: Recent[WidgetMessageOut] = Recent(settings.remembered_turns)
        self._lines = lines

    async def answer(self, session_id: str, message: WidgetMessageIn) -> tuple[WidgetMessageOut, Turn | None]:
        """A message that came before gets the same answer: here while we remember it, else from the bot.

        Raises TooBusy. No turn: it was answered before.
        """
        key = message_key(session_id, message.id)
        async with self._lines.turn(session_id):  # the same message may come while the first is being answered
            if known := self._answered.get(key):
                return known, None
            turn = await self._turns.run(MessageIn(session_id=session_id, text=message.text), message_id=key)
            answer = await self._answer_of(session_id, turn)
            if answer.outcome != "unavailable":
                self._answered.put(key, answer)
            return answer, turn

    async def place(self, session_id: str) -> int | None:
        """Only a comfort: without the store there is none."""
        try:
            return await self._handovers.run(place_of, self._handovers.database, session_id)
        except StoreFailure:
            return None

    async def _answer_of(self, session_id: str, turn: Turn) -> WidgetMessageOut:
        with turn.clock.part("render"):
            view = render("web", turn.replies)
        place = await self.place(session_id) if turn.handover == "waiting" else None
        return WidgetMessageOut(
            replies=view.replies, outcome=turn.outcome, turn_id=turn.id, handover=turn.handover, place=place
        )


def message_key(session_id: str, message_id: str) -> str:
    """Ids of two sessions may be alike."""
    return "w-" + hashlib.sha256(f"{session_id} {message_id}".encode()).hexdigest()[:40]
