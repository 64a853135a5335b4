"""What people tell without being asked: "main Agra ka bunkar hoon, umar 35, SC". The phrases are data (said.yml)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.dialogue.message import Message, Phrases
from actions.dialogue.negation import Denials, read, without_fillers
from actions.eligibility.kinds import Value

_YES_NO: dict[str, Value] = {"yes": True, "no": False}


@dataclass(frozen=True)
class Cues:
    """Of one field: phrases that tell a value, `short` ones only when it was asked; `near` stand beside its number."""

    told: Mapping[Value, Phrases]
    short: Mapping[Value, Phrases]
    near: Phrases

    def value(self, heard: Denials, asked: bool) -> Value | None:
        """The one value that is told; None where none is, or more than one."""
        found = set(self._values(heard, self.told)) or (set(self._values(heard, self.short)) if asked else set())
        return found.pop() if len(found) == 1 else None

    def _values(self, heard: Denials, phrases: Mapping[Value, Phrases]) -> Iterator[Value]:
        for value, written in phrases.items():
            for span in heard.spans(written):
                if not heard.denies(span):
                    yield value
                elif isinstance(value, bool):
                    yield not value


def told(message: Message, cues: Mapping[str, Cues], asked: str | None = None) -> dict[str, Value]:
    """The fields whose value the words tell; numbers are read elsewhere (amounts.py)."""
    heard = read(message)
    values = {name: cue.value(heard, name == asked) for name, cue in cues.items()}
    return {name: value for name, value in values.items() if value is not None}


@lru_cache(maxsize=8)
def load(path: Path) -> dict[str, Cues]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: _cues(raw) for name, raw in data.items()}


def _cues(raw: Mapping[str, Any]) -> Cues:
    plain = {key: phrases for key, phrases in raw.items() if key not in ("near", "short")}
    return Cues(_by_value(plain), _by_value(raw.get("short") or {}), Phrases(tuple(map(str, raw.get("near") or ()))))


def _by_value(raw: Mapping[str, Any]) -> dict[Value, Phrases]:
    return {_YES_NO.get(key, key): without_fillers([str(p) for p in phrases]) for key, phrases in raw.items()}
