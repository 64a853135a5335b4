"""A turn's replies as messages of a channel: with WhatsApp's own buttons, and letters as files, where there are any."""

from collections.abc import Sequence
from dataclasses import replace

from channels.bot_models import BotReply
from channels.delivery.outbox import Message
from channels.models import Channel
from channels.providers import content
from channels.providers.base import Template
from channels.render import render
from channels.render.links import letter_in
from channels.render.segments import measure_sms, utf16_units
from channels.render.whatsapp import LONGEST, above_buttons
from channels.settings import Settings


class Wording:
    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError."""
        self._public_url = settings.public_url
        self._contents = content.load(settings.twilio_content_file)

    def messages(self, channel: Channel, replies: Sequence[BotReply]) -> list[Message]:
        for place, reply in enumerate(replies):
            if template := self._template(channel, replies, reply):
                around = (replies[:place], replies[place + 1 :])
                before, behind = (self._plain(channel, each) for each in around)
                return [*before, Message(above_buttons(reply), template=template), *behind]
        return self._plain(channel, replies)

    def hinted(self, channel: Channel, replies: Sequence[BotReply], hint: str) -> list[Message] | None:
        """With the hint under the last message. None where it would cost a segment, a message or the buttons."""
        *before, last = plainly = self.messages(channel, replies)
        if last.template:
            hinting = replies[-1].model_copy(update={"text": f"{replies[-1].text}\n\n{hint}"})
            told = self.messages(channel, [*replies[:-1], hinting])
            return told if len(told) == len(plainly) and told[-1].template else None
        text = f"{last.text}\n{hint}" if channel == "sms" else f"{last.text}\n\n{hint}"
        fits = _has_room(last.text, text) if channel == "sms" else utf16_units(text) <= LONGEST
        return [*before, replace(last, text=text)] if fits else None

    def _template(self, channel: Channel, replies: Sequence[BotReply], reply: BotReply) -> Template | None:
        """Only where the turn has one reply with choices: numbers run through all of them."""
        if channel != "whatsapp" or not reply.buttons or sum(bool(each.buttons) for each in replies) > 1:
            return None
        return self._contents.choose(reply)

    def _plain(self, channel: Channel, replies: Sequence[BotReply]) -> list[Message]:
        """WhatsApp shows a letter as a file; an SMS has its link."""
        texts = [each.text for each in render(channel, replies).replies]
        public = self._public_url if channel == "whatsapp" else None
        return [Message(text, "reply", letter_in(text, public) if public else None) for text in texts]


def _has_room(text: str, longer: str) -> bool:
    return measure_sms(longer).segments == measure_sms(text).segments
