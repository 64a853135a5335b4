"""All routes of the area."""

from channels.console.unanswered import groups, marking
from channels.console.unanswered.groups import router

__all__ = ["groups", "marking", "router"]
