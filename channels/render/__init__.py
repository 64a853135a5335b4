"""How an answer looks on each channel.

A channel is a `Carrier`: `messages` turns one reply of the bot into the messages sent for it,
`measure` says how the channel counts a message.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from channels.bot_models import BotReply
from channels.models import Channel, ChannelView, Part, Reply
from channels.render import sms, voice, web, whatsapp
from channels.render.choices import HIGHEST_CHOICE
from channels.render.segments import measure_plain, measure_sms


@dataclass(frozen=True)
class Carrier:
    """`messages(reply, first)`: `first` is the number of the reply's first choice."""

    messages: Callable[[BotReply, int], list[Reply]]
    measure: Callable[[str], Part]


CARRIERS: dict[Channel, Carrier] = {
    "web": Carrier(web.messages, measure_plain),
    "whatsapp": Carrier(whatsapp.messages, measure_plain),
    "sms": Carrier(sms.messages, measure_sms),
    "voice": Carrier(voice.messages, measure_plain),
}


def render(channel: Channel, replies: Sequence[BotReply]) -> ChannelView:
    """The whole turn. Choices are numbered through the turn, so that a number means one thing."""
    carrier = CARRIERS[channel]
    sent: list[Reply] = []
    first = 1
    for reply in replies:
        carried = carrier.messages(reply, first)
        sent += [each.model_copy(update={"speaker": reply.speaker}) for each in carried]
        first = min(first + len(reply.buttons), HIGHEST_CHOICE + 1)
    return ChannelView(replies=sent, parts=[carrier.measure(reply.text) for reply in sent])
