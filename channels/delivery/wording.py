"""A turn's replies as messages of a channel: with WhatsApp's own buttons, and letters as files, where there are any."""

from collections.abc import Sequence

from channels.bot_models import BotReply
from channels.delivery.outbox import Message
from channels.models import Channel
from channels.providers import content
from channels.providers.base import Template
from channels.render import render
from channels.render.links import letter_in
from channels.render.whatsapp import above_buttons
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
