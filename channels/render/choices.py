"""Buttons where there are none: numbered choices."""

from channels.bot_models import BotReply

# The bot takes a lone digit as a choice.
HIGHEST_CHOICE = 9


def numbered(reply: BotReply, first: int) -> list[tuple[int, str]]:
    """The reply's choices with their numbers."""
    titles = [button.title.strip() for button in reply.buttons]
    return [(number, title) for number, title in enumerate(titles, first) if number <= HIGHEST_CHOICE]
