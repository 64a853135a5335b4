"""When people of the helpline answer in the chat."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from common.hours import read_hours

INDIA = ZoneInfo("Asia/Kolkata")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=INDIA)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ("2026-11-23T09:59", False),  # a Monday
        ("2026-11-23T10:00", True),
        ("2026-11-28T17:59", True),
        ("2026-11-28T18:00", False),
        ("2026-11-22T12:00", False),  # a Sunday
    ],
)
def test_the_desk_is_open_from_the_first_minute_to_the_last_of_its_days(now: str, is_open: bool) -> None:
    hours = read_hours("mon-sat 10:00-18:00")
    assert hours is not None
    assert hours.is_open(at(now)) is is_open


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-22T12:00", "2026-11-23T10:00"),
        ("2026-11-23T08:00", "2026-11-23T10:00"),
        ("2026-11-23T18:00", "2026-11-24T10:00"),
        ("2026-11-28T18:00", "2026-11-30T10:00"),  # after Saturday comes Monday
    ],
)
def test_after_hours_the_next_opening_is_named(now: str, opens: str) -> None:
    hours = read_hours("mon-sat 10:00-18:00")
    assert hours is not None
    assert hours.next_opening(at(now)) == at(opens)


def test_without_hours_nobody_answers_in_the_chat() -> None:
    assert read_hours("") is None


@pytest.mark.parametrize(
    "written", ["always", "mon-xyz 10:00-18:00", "sat-mon 10:00-18:00", "mon-sat 18:00-10:00", "mon-sat 25:00-26:00"]
)
def test_hours_that_cannot_be_read_are_refused(written: str) -> None:
    with pytest.raises(ValueError):
        read_hours(written)
