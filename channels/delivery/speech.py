"""Voice notes: whoever can write down what is said. `channels/speech/` does, where it is switched on; without one a
sentence says what to do instead."""

from dataclasses import dataclass
from typing import Protocol

from channels.delivery.inbox import Media
from channels.errors import ChannelError
from channels.models import Language


@dataclass(frozen=True)
class Heard:
    """Unless `is_sure` the words are read back, and nothing is done on them alone."""

    words: str
    is_sure: bool


class NotNow(ChannelError):
    """It may be heard later. `reason` is a word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SpeechToText(Protocol):
    async def hear(self, media: Media, language: Language | None) -> Heard | None:
        """What is said in it; None if it cannot be understood. Raises NotNow, and nothing else."""

    def close(self) -> None:
        """When the process ends."""
