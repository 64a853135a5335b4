"""One part of the report: a table for people, figures for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from benchmarks.places import BENCH


@dataclass(frozen=True)
class Section:
    title: str
    body: str
    figures: dict[str, Any]


def join(sections: Sequence[Section]) -> str:
    return "\n\n".join(f"### {one.title}\n\n{one.body}" for one in sections)


def write_list(name: str, items: Sequence[dict[str, Any]]) -> str:
    """For people to read; returns where it lies."""
    BENCH.mkdir(parents=True, exist_ok=True)
    path = BENCH / f"{name}.yml"
    path.write_text(yaml.safe_dump(list(items), allow_unicode=True, sort_keys=False, width=200), encoding="utf-8")
    return f"var/bench/{path.name}"
