"""Puts the telephone together."""

from channels.handovers import Clock, Handovers
from channels.phone.asking import Asking
from channels.phone.calls import Calls
from channels.phone.record import Record
from channels.phone.screens import Screens
from channels.phone.sentences import PhoneSentences
from channels.phone.steps import Steps
from channels.phone.text_messages import NoTextMessages, TextMessages
from channels.settings import Settings
from channels.turns import Turns


def build(
    settings: Settings, turns: Turns, handovers: Handovers, clock: Clock, texts: TextMessages | None = None
) -> Calls:
    """`handovers` lends its database and threads; `texts` sends a link as an SMS."""
    screens = Screens(PhoneSentences.load(settings.phone_sentences_file))
    steps = Steps(Asking(turns, settings), screens, texts or NoTextMessages(), settings)
    record = Record(handovers.database, settings.bot_token.get_secret_value(), clock)
    return Calls(steps, record, handovers, settings)
