"""The routes of the conversations: what is shown and what is done."""

from channels.console.conversations import doing, reading
from channels.console.conversations.shared import router

__all__ = ["doing", "reading", "router"]
