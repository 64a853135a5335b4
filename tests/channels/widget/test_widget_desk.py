"""Whether people of the helpline answer now, as the widget tells it before one is asked for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from still_clock import Clock
from visitor import SITE, WIDGET

from channels.console.accounts import people, sessions
from common.hours import read_hours

HOURS = "mon-sat 10:00-18:00"
MONDAY = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # half past ten in India
Connect = Callable[..., httpx.AsyncClient]


async def sign(
    connect: Connect, now: datetime, role: str = "", hours: str = HOURS, idle: timedelta | None = None
) -> Any:
    clock = Clock()
    clock.now = now
    client = connect(clock=clock, widget_origins=SITE, staff_hours=hours)
    if role:
        with client._transport.app.state.handovers.database.writing() as connection:  # type: ignore[attr-defined]
            account = people.add(connection, "rekha", "Rekha", role, None)
            sessions.begin(connection, account, now - (idle or timedelta(0)))
    return (await client.get(WIDGET + "/desk", headers={"Origin": SITE})).json()


async def test_within_the_hours_it_is_open_while_somebody_who_may_answer_is_logged_in(connect: Connect) -> None:
    assert (await sign(connect, MONDAY, "agent"))["state"] == "open"


@pytest.mark.parametrize(("role", "idle"), [("", None), ("editor", None), ("agent", timedelta(minutes=31))])
async def test_with_nobody_there_who_may_answer_it_says_so(connect: Connect, role: str, idle: timedelta | None) -> None:
    assert await sign(connect, MONDAY, role, idle=idle) == {"state": "away", "opens_at": None}


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 3, 2, 13, 0, tzinfo=UTC), "2026-03-03T10:00:00+05:30"),  # Monday evening
        (datetime(2026, 3, 7, 13, 0, tzinfo=UTC), "2026-03-09T10:00:00+05:30"),  # Saturday evening: not on Sunday
        (datetime(2026, 3, 2, 3, 0, tzinfo=UTC), "2026-03-02T10:00:00+05:30"),  # early on Monday
    ],
)
async def test_outside_the_hours_it_says_from_when_on_whoever_is_logged_in(
    connect: Connect, now: datetime, opens: str
) -> None:
    assert await sign(connect, now, "agent") == {"state": "closed", "opens_at": opens}


async def test_without_hours_only_what_is_known_is_said(connect: Connect) -> None:
    assert (await sign(connect, MONDAY, "agent", hours=""))["state"] == "open"


async def test_without_hours_and_staff_nothing_is_said(connect: Connect) -> None:
    assert (await sign(connect, MONDAY, hours=""))["state"] is None


async def test_another_site_is_told_nothing(connect: Connect) -> None:
    client = connect(widget_origins=SITE, environment="development")
    assert (await client.get(WIDGET + "/desk", headers={"Origin": "https://evil.example"})).status_code == 403


@pytest.mark.parametrize("written", ["always", "sat-mon 10:00-18:00", "mon-sat 18:00-10:00", "mon-sat 25:00-26:00"])
def test_hours_that_cannot_be_read_are_refused(written: str) -> None:
    with pytest.raises(ValueError):
        read_hours(written)
