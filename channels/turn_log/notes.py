"""The turn log put together: what turns are noted in, and what marks them."""

from channels.bot_models import BotReply
from channels.handovers import Clock, Handovers
from channels.models import MessageIn
from channels.settings import Settings
from channels.turn_log.log import TurnLog
from channels.turn_log.marks import Marks
from channels.turn_log.noted import noted
from channels.turn_log.texts import Texts


class Notes:
    def __init__(self, settings: Settings, store: Handovers, clock: Clock) -> None:
        self.texts = Texts(settings.contact_seal_key.get_secret_value())
        self._clock = clock
        self.log = TurnLog(store.database, self.texts, clock, settings.turn_log_days, settings.turn_log_waiting)
        self.marks = Marks(self.log, store, self.texts, clock, settings.remembered_turns)

    def note(
        self,
        turn_id: str,
        message: MessageIn,
        message_id: str | None,
        replies: list[BotReply],
        outcome: str,
        milliseconds: float,
    ) -> None:
        one = noted(turn_id, message, message_id, replies, outcome, milliseconds, self._clock())
        self.marks.note(one)
        self.log.note(one)
