"""What people tell without being asked: "main Agra ka bunkar hoon, umar 35, SC". The phrases are data (said.yml)."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.dialogue.answers import phrases
from actions.dialogue.message import Message, Phrases, sound
from actions.dialogue.negation import Denials, read, without_fillers
from actions.eligibility.kinds import Value
from knowledge.text.normalise import fold

_PAUSE = re.compile(r"[,;.!?।|]")
_YES_NO: dict[str, Value] = {"yes": True, "no": False}
_AROUND = frozenset(map(sound, ("ji", "sir", "madam", "bhai", "bhaiya", "hai", "h", "hun", "hain", "hi", "to")))


@dataclass(frozen=True)
class Cue:
    """Phrases of one value; `whole` ones hold a denial themselves ("kaaran nahi diya") and are found as they stand."""

    plain: Phrases
    whole: Phrases


@dataclass(frozen=True)
class Cues:
    """Of one field: phrases that tell a value, `short` ones only when it was asked; `near` stand beside its number.

    `alone`: messages that tell it whatever was asked, as they are written: by sound सामान्य would be सामान.
    """

    told: Mapping[Value, Cue]
    short: Mapping[Value, Cue]
    near: Phrases
    alone: Mapping[str, Value]

    def value(self, heard: Denials, asked: bool) -> Value | None:
        """The one value that is told; None where none is, or more than one."""
        found = set(self._values(heard, self.told)) or (set(self._values(heard, self.short)) if asked else set())
        return found.pop() if len(found) == 1 else None

    def of_clause(self, clause: Message) -> Value | None:
        """The value whose short phrase is all that is said."""
        found = [value for value, cue in self.short.items() if cue.plain.fill(clause, 1)]
        return found[0] if len(found) == 1 else None

    def _values(self, heard: Denials, cues: Mapping[Value, Cue]) -> Iterator[Value]:
        """A value told with its own denial counts before what the same words seem to say without it."""
        whole = [value for value, cue in cues.items() if cue.whole.spans(heard.sounds)]
        yield from whole
        for value, cue in cues.items() if not whole else ():
            for span in heard.spans(cue.plain):
                if not heard.denies(span):
                    yield value
                elif isinstance(value, bool):
                    yield not value


def told(message: Message, cues: Mapping[str, Cues], asked: str | None = None) -> dict[str, Value]:
    """The fields whose value the words tell; numbers are read elsewhere (quantities.py)."""
    heard = read(message)
    values = {name: cue.value(heard, name == asked) for name, cue in cues.items()}
    return {name: value for name, value in values.items() if value is not None}


def told_by_clauses(message: Message, cues: Mapping[str, Cues], short: Collection[str]) -> dict[str, Value]:
    """What a clause of a statement tells that is nothing but one field's value: "41 saal, general, Agra".

    `short`: fields whose short phrases count there.
    """
    clauses = [clause for clause in map(Message, _PAUSE.split(message.text)) if clause.words]
    found: dict[str, Value] = {}
    for clause in clauses if len(clauses) > 1 else ():
        meant = [(name, value) for name in cues.keys() & short if (value := cues[name].of_clause(clause)) is not None]
        found |= dict(meant) if len(meant) == 1 else told_alone(clause, cues)
    return found


def told_alone(message: Message, cues: Mapping[str, Cues]) -> dict[str, Value]:
    """The one field of which the whole message is a value, and can be nothing else: "obc", "12th pass"."""
    words = (message.text[word.start : word.end] for word in message.words if word.sound not in _AROUND)
    said = fold(" ".join(words))
    found = {name: cue.alone[said] for name, cue in cues.items() if said in cue.alone}
    return found if len(found) == 1 and not message.asks else {}


@lru_cache(maxsize=8)
def load(path: Path) -> dict[str, Cues]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: _cues(raw) for name, raw in data.items()}


def _cues(raw: Mapping[str, Any]) -> Cues:
    told = _by_value({key: some for key, some in raw.items() if key not in ("near", "short", "alone")})
    short, alone = raw.get("short") or {}, raw.get("alone") or {}
    when_asked = _by_value({key: [*short.get(key, ()), *alone.get(key, ())] for key in {**short, **alone}})
    written = {fold(str(phrase)): _YES_NO.get(key, key) for key, some in alone.items() for phrase in some}
    return Cues(told, when_asked, Phrases(tuple(map(str, raw.get("near") or ()))), written)


def _by_value(raw: Mapping[str, Any]) -> dict[Value, Cue]:
    return {_YES_NO.get(key, key): _cue([str(phrase) for phrase in some]) for key, some in raw.items()}


def _cue(written: list[str]) -> Cue:
    denying = [phrase for phrase in written if phrases()["not"].are_in(Message(phrase))]
    return Cue(without_fillers([phrase for phrase in written if phrase not in denying]), Phrases(tuple(denying)))
