"""One size and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`costs` as the head of their table names them."""

    size: int
    costs: Sequence[float]

    def written(self) -> list[str]:
        return [
            f"{self.size:,}",
            *(f"{cost:,.0f}" if cost >= 100 or cost == int(cost) else f"{cost:.2f}" for cost in self.costs),
        ]
