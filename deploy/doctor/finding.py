"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`sentence` says how it is, and where it is not well what to do."""

    name: str
    is_ok: bool
    sentence: str

    def line(self) -> str:
        return f"{'ok' if self.is_ok else 'to mend':8}{self.name:22}{self.sentence}"


def ok(name: str, sentence: str) -> Finding:
    return Finding(name, True, sentence)


def mend(name: str, sentence: str) -> Finding:
    return Finding(name, False, sentence)
