"""Who carries the messages of each channel, and how fast."""

from dataclasses import dataclass

from channels.providers.base import Provider


@dataclass(frozen=True)
class Carrier:
    provider: Provider
    rate: float  # messages a second, from each of our addresses
    window_template: str = ""  # sent in place of a text when the channel's window is closed
