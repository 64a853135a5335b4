"""The web widget shows everything as it is."""

from channels.bot_models import BotReply
from channels.models import Reply


def messages(reply: BotReply, first: int) -> list[Reply]:
    """The reply itself: buttons and sources are drawn by the page."""
    return [reply.public()]
