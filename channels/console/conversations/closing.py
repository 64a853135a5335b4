"""Why a conversation was ended: one of these, and words of one's own."""

from collections.abc import Callable

from channels.console import words
from channels.console.errors import Refused
from channels.written import one_line

REASONS = ("answered", "phoned", "no_reply", "other_office", "not_for_us", "other")
_BETWEEN = ": "


def written(choice: str, text: str) -> str:
    """As the store keeps it. "Other" alone says nothing."""
    text = one_line(text)
    if choice not in REASONS or (choice == "other" and not text):
        raise Refused("conversations.reason_needed", 422)
    return choice + _BETWEEN + text if text else choice


def shown(language: str) -> Callable[[str | None], str]:
    """A reason of another program is shown as it is."""

    def reason(kept: str | None) -> str:
        choice, between, text = (kept or "").partition(_BETWEEN)
        key = f"conversations.close_{choice}"
        return words.say(language, key) + between + text if choice in REASONS else kept or ""

    return reason
