"""What is tried, and what counts as broken."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis.strategies import SearchStrategy


class Broken(AssertionError):
    """What must not happen: an answer of 5xx, an error that nobody foresaw, a promise not kept."""


def nothing() -> None:
    """Between two batches most entrances need nothing."""


@dataclass(frozen=True)
class Entrance:
    """One way in. `send` gives whether the input was taken (else it was refused clearly), and raises for what is
    broken. `share`: its part of all inputs. `freshen` is called before each batch."""

    name: str
    inputs: SearchStrategy[Any]
    send: Callable[[Any], bool]
    share: float = 1.0
    freshen: Callable[[], None] = nothing
