"""How much of delivery is measured."""

from dataclasses import dataclass

DATABASES = ("sqlite", "postgresql")
PEOPLE_IN_TROUBLE_WRITE = 10  # messages each


@dataclass(frozen=True)
class Plan:
    """`rate` messages a second for `seconds`, then `turns` as fast as they are taken; `faults` with all going wrong."""

    repetitions: int = 3
    rate: float = 50.0
    seconds: float = 30.0
    turns: int = 600
    people: int = 200
    faults: int = 2000
    databases: tuple[str, ...] = DATABASES
    bots: tuple[str, ...] = ("fake",)
    apart: int = 0

    @property
    def at_rate(self) -> int:
        return round(self.rate * self.seconds)

    @property
    def steps(self) -> int:
        """A start, a warming up and the two measurements each time; the faults once on each database."""
        return len(self.databases) * (len(self.bots) * self.repetitions * 4 + 2 * (self.faults > 0))
