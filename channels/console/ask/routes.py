"""All routes of the area."""

from channels.console.ask import districts, eligibility, question, sending, status
from channels.console.ask.router import router

__all__ = ["districts", "eligibility", "question", "router", "sending", "status"]
