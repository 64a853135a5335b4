"""What can be made to go wrong, each with its probability; all of it is off until asked for."""

from random import Random

from pydantic import BaseModel, ConfigDict, Field

Chance = Field(default=0.0, ge=0, le=1)


class Faults(BaseModel):
    """The knobs. The same seed gives the same throws in the same order."""

    model_config = ConfigDict(extra="forbid")

    seed: int | None = None

    # On the way to the gateway
    webhook_twice: float = Chance
    webhook_late: float = Chance
    webhook_late_seconds: float = Field(default=2.0, ge=0, le=3600)
    webhook_out_of_order: float = Chance  # it waits until the contact's next one has gone before it
    webhook_out_of_order_seconds: float = Field(default=5.0, ge=0, le=3600)  # but no longer than this

    # Answers to the gateway's requests
    answer_429: float = Chance
    retry_after: int = Field(default=1, ge=0, le=3600)
    answer_500: float = Chance
    answer_503: float = Chance
    answer_500_after_accepting: float = Chance
    silent_after_accepting: float = Chance  # the message goes out, and the gateway never hears of it
    silent_before_accepting: float = Chance  # nothing goes out, and the gateway cannot know
    silence_seconds: float = Field(default=60.0, ge=0, le=3600)

    # What becomes of a message
    fails: float = Chance
    fails_with: int = Field(default=30008, ge=10000, le=99999)
    status_seconds: float = Field(default=0.4, ge=0, le=3600)  # from one status to the next; no fault
    status_twice: float = Chance
    status_late: float = Chance
    status_late_seconds: float = Field(default=2.0, ge=0, le=3600)
    status_shuffled: float = Chance  # the chance that a message's callbacks come in any order


class Dice:
    """Throws for the faults that are set."""

    def __init__(self, faults: Faults | None = None) -> None:
        self.set(faults or Faults())

    def set(self, faults: Faults) -> None:
        """From now on; the throws begin again with the seed."""
        self.faults = faults
        self._random = Random(faults.seed)

    def falls(self, name: str) -> bool:
        """Whether this fault happens now. A fault that is off takes no throw from the others."""
        chance: float = getattr(self.faults, name)
        return chance > 0 and self._random.random() < chance

    def shuffle(self, things: list[str]) -> None:
        self._random.shuffle(things)
