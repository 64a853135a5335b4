"""What people say and the quantities in it: phrases.yml, as spoken and typed in three languages."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.amounts.amount import DATE, DURATION, NUMBER, Amount, Interval
from knowledge.amounts.find import find

TODAY = date(2026, 3, 10)
PHRASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "phrases.yml").read_text(encoding="utf-8"))
NOTHING: list[str] = PHRASES.pop("nothing")
SAID = [(text, found) for phrases in PHRASES.values() for text, found in phrases.items()]


def shown(amount: Amount) -> str:
    """An amount as phrases.yml writes it."""
    if amount.kind == DATE:
        assert amount.when is not None
        return f"date {days(amount.when)}"
    value = f"{amount.low}" if amount.low == amount.high else f"{amount.low}..{amount.high}"
    unit = f" {amount.unit}" if amount.kind in (DURATION, NUMBER) else ""
    return f"{amount.kind} {value}{unit}".strip()


def days(when: Interval) -> str:
    first, last = when.first.isoformat(), when.last.isoformat()
    if when.precision == "year" and when.first.replace(month=12, day=31) == when.last:
        return first[:4]
    if when.precision == "month" and first[:7] == last[:7]:
        return first[:7]
    return first if first == last else f"{first}..{last}"


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text for text, _ in SAID])
def test_every_quantity_of_a_phrase_is_found(text: str, expected: str) -> None:
    assert " | ".join(map(shown, find(text, TODAY))) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_quantity_is_left(text: str) -> None:
    assert find(text, TODAY) == []


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert len(SAID) >= 150
    assert len(NOTHING) >= 40


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text for text, _ in SAID])
def test_letter_case_and_stray_signs_change_nothing(text: str, expected: str) -> None:
    assert " | ".join(map(shown, find(f"  {text.upper()}!", TODAY))) == expected
