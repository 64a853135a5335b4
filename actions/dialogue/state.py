"""What was told so far in a dialogue. Immutable; kept as JSON in the slot `task`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from actions.dialogue.field import Day, Field
from actions.eligibility.kinds import Value


@dataclass(frozen=True)
class State:
    """`topic`: which scheme or letter it is about, empty for none. `told` is in the order of telling.

    `asked`: the field asked last. `misses`: how often in a row no answer was understood; `asides`:
    how often in a row something else was asked.
    """

    kind: str
    topic: str = ""
    told: Mapping[str, Value] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    asked: str | None = None
    misses: int = 0
    asides: int = 0

    def tell(self, name: str, value: Value) -> "State":
        rest = {key: old for key, old in self.told.items() if key != name}
        return replace(self, told={**rest, name: value}, refused=self.refused - {name})

    def forget(self, name: str) -> "State":
        return replace(self, told={key: value for key, value in self.told.items() if key != name})

    def refuse(self, name: str) -> "State":
        return replace(self.forget(name), refused=self.refused | {name})

    def heard(self) -> "State":
        """After an answer that was understood."""
        return replace(self, misses=0, asides=0)

    @property
    def task(self) -> str:
        """What a button that begins the dialogue names: "eligibility.mda"."""
        return ".".join(filter(None, (self.kind, self.topic)))

    def dump(self) -> dict[str, Any]:
        told = {k: v.isoformat() if isinstance(v, date) else v for k, v in self.told.items()}
        return {
            "kind": self.kind, "topic": self.topic, "told": told,
            "refused": sorted(self.refused), "asked": self.asked, "misses": self.misses,
            "asides": self.asides,
        }  # fmt: skip


def restore(stored: Mapping[str, Any], fields: Mapping[str, Field]) -> State:
    """The state again; what no longer fits a field (an older version's) is left out."""
    told = {k: _value(fields[k], v) for k, v in stored.get("told", {}).items() if k in fields}
    return State(
        kind=str(stored["kind"]),
        topic=str(stored.get("topic") or ""),
        told={k: v for k, v in told.items() if fields[k].kind.fault(v) is None},
        refused=frozenset(n for n in stored.get("refused", ()) if n in fields),
        asked=stored.get("asked") if stored.get("asked") in fields else None,
        misses=int(stored.get("misses", 0)),
        asides=int(stored.get("asides", 0)),
    )


def _value(asked: Field, stored: Any) -> Value:
    if not isinstance(asked.kind, Day):
        return stored  # type: ignore[no-any-return]
    try:
        return date.fromisoformat(stored)
    except (TypeError, ValueError):
        return ""
