"""Voice notes: whoever can write down what is said. None is active yet; without one a sentence says what to do."""

from typing import Protocol

from channels.delivery.inbox import Media
from channels.models import Language


class SpeechToText(Protocol):
    async def text_of(self, media: Media, language: Language | None) -> str | None:
        """What is said in it; None if it cannot be understood. Never raises."""
