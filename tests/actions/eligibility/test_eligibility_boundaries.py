"""Every number and day of a rule has cases on both sides: moved by one, some case fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from eligibility_cases import agrees, read_cases

from actions.eligibility.scheme_file import SCHEMES, SHARED, read_all
from knowledge.entries_loader import load_sources

CASES = read_cases()
RULE = re.compile(
    r"\b(?P<key>at_least|at_most|more_than_years_ago|at_most_days_ago|at_most_days_after_its_month|up_to|"
    r"counted_up_to|percent|amount|times|from|until|valid_from): (?P<value>\d{4}-\d\d-\d\d|\d+(?!\d*/|\d*-))"
)


@dataclass(frozen=True)
class Moved:
    path: Path
    start: int
    end: int
    rule: str
    by: int

    @property
    def text(self) -> str:
        text = self.path.read_text(encoding="utf-8")
        return text[: self.start] + _moved(text[self.start : self.end], self.by) + text[self.end :]

    def __str__(self) -> str:
        line = self.path.read_text(encoding="utf-8")[: self.start].count("\n") + 1
        return f"{self.path.name}:{line} {self.rule} {self.by:+}"


def _moved(value: str, by: int) -> str:
    if "-" in value:
        return str(date.fromisoformat(value) + timedelta(days=by))
    return str(int(value) + by)


def _rules() -> Iterator[Moved]:
    for path in (*sorted(SCHEMES.glob("*.yml")), SHARED):
        for found in RULE.finditer(path.read_text(encoding="utf-8")):
            for by in (-1, +1):
                yield Moved(path, found.start("value"), found.end("value"), found.group(), by)


ALL = list(_rules())


@lru_cache(maxsize=1)
def _sources() -> set[str]:
    return set(load_sources())


def test_there_are_many_rules_with_a_number_or_a_day() -> None:
    assert len(ALL) > 120


@pytest.mark.parametrize("moved", ALL, ids=str)
def test_a_case_notices_when_a_rule_is_moved_by_one(moved: Moved, tmp_path: Path) -> None:
    shared, touched = SHARED, [moved.path]
    if moved.path == SHARED:
        shared, touched = tmp_path / "shared.yml", sorted(SCHEMES.glob("*.yml"))
        shared.write_text(moved.text, encoding="utf-8")
    folder = tmp_path / "schemes"
    folder.mkdir()
    for path in touched:
        text = moved.text if path == moved.path else path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text, encoding="utf-8")
    schemes = read_all(folder, shared, _sources())
    mine = [case for case in CASES if case.scheme in schemes]
    assert not all(agrees(case, schemes[case.scheme]) for case in mine)
