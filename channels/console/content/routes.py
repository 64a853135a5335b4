"""The pages of the content: editors write, a second one publishes; agents look and suggest corrections."""

from channels.console.content import looking, moves
from channels.console.content.shared import router

__all__ = ["looking", "moves", "router"]
