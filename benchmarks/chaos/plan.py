"""How long, how many people, how fast, and what goes wrong."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    minutes: float = 10.0
    seed: int = 1
    phones: int = 12
    visitors: int = 8
    rate: float = 2.0  # messages a second of all together
    copies: int = 2  # of gateway, bot and action server
    only: tuple[str, ...] = ()  # faults; all where none is named
    own_disk: bool = True  # a small one is mounted for PostgreSQL, where we may

    @property
    def people(self) -> int:
        return self.phones + self.visitors

    @property
    def gap(self) -> float:
        """Seconds between two messages of a person."""
        return self.people / self.rate

    @property
    def each(self) -> int:
        """Most messages that a person writes."""
        return int(self.minutes * 60 / self.gap) + 2
