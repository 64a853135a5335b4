"""How much of the speed is measured."""

from dataclasses import dataclass

KINDS = ("scripted", "action")
WAYS = 3  # this bot directly, through the gateway, and stock


@dataclass(frozen=True)
class Plan:
    """Of what, how often and how long."""

    repetitions: int = 3
    trainings: int = 3
    turns: int = 300
    clients: int = 8
    seconds: float = 20.0
    stock_epochs: int = 100

    @property
    def steps(self) -> int:
        return 2 * self.trainings + 2 * self.repetitions + 5 + len(KINDS) * WAYS * self.repetitions
