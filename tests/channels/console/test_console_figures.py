"""The figures, as a supervisor sees them."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from staffed import Staff

from channels.console import words
from channels.console.figures.routes import harmless
from channels.console.figures.sheets import SHEETS
from channels.models import Outcome
from channels.store.tables import ContactRow, HandoverRow, OutboundRow
from channels.turn_log import writing
from channels.turn_log.noted import Noted

NOW = datetime.now(UTC)
_USUAL = {"channel": "web", "language": "hi", "outcome": "answered", "milliseconds": 500, "text": ""}


def note(staff: Staff, count: int, session: str = "s", at: datetime = NOW, **more: Any) -> None:
    note.number = getattr(note, "number", 0) + 1  # type: ignore[attr-defined]
    batch = [
        Noted(f"{note.number:016x}{place:016x}", f"{session}{place}", None, at, **(_USUAL | more))  # type: ignore[attr-defined]
        for place in range(count)
    ]
    with staff.database.writing() as connection:
        writing.write(connection, batch, staff.app.state.notes.texts)


async def sheet(staff: Staff, name: str, **asked: str) -> list[list[str]]:
    answer = await (await staff("supervisor")).get(f"/figures/{name}.csv", params=asked)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_turns_and_people_are_counted_by_day(staff: Staff) -> None:
    note(staff, 2)
    note(staff, 1, outcome="not_understood", at=NOW - timedelta(days=1))
    heads, *rows = await sheet(staff, "days")
    assert heads[:3] == ["Day", "Turns", "People (that day)"]
    assert len(rows) == 30
    assert [row[1:5] for row in rows[-2:]] == [["1", "1", "0", "1"], ["2", "2", "2", "0"]]


async def test_channel_and_language_narrow_them(staff: Staff) -> None:
    note(staff, 3)
    note(staff, 1, channel="sms", language="en")
    assert await sheet(staff, "outcomes", channel="sms") == [["Outcome", "Turns", "%"], ["answered", "1", "100.0"]]
    assert (await sheet(staff, "channels", language="hi"))[1:] == [["Web", "3", "100.0"]]


async def test_all_75_districts_are_ranked(staff: Staff) -> None:
    note(staff, 2, district="banda")
    note(staff, 1, district="agra")
    rows = (await sheet(staff, "districts"))[1:]
    assert rows[:2] == [["Banda", "2"], ["Agra", "1"]]
    assert len(rows) == 75


async def test_waiting_is_told_in_minutes(staff: Staff) -> None:
    base = {"channel": "web", "language": "hi", "reason": "asked", "urgency": "normal", "summary": ""}
    with staff.database.writing() as connection:
        for place, minutes in enumerate((2, 4, 30)):
            at = {"asked_at": NOW, "taken_at": NOW + timedelta(minutes=minutes), "closed_at": NOW}
            connection.execute(insert(HandoverRow).values(session_id=f"s{place}", **base, **at))
        connection.execute(insert(HandoverRow).values(session_id="waits", **base, asked_at=NOW))
    (row,) = (await sheet(staff, "waiting"))[1:]
    assert (row[1], row[3], row[4]) == ("4.0", "4", "3")


async def test_messages_that_did_not_arrive_are_counted_by_channel_and_code(staff: Staff) -> None:
    with staff.database.writing() as connection:
        person = {"key": "k", "channel": "sms", "sealed_address": "", "ours": "", "state": "active"}
        connection.execute(insert(ContactRow).values(id=1, **person, last_inbound_at=NOW, created_at=NOW))
        sent = {
            "part": 0,
            "contact_id": 1,
            "kind": "reply",
            "sealed_text": "",
            "attempts": 1,
            "asked": 0,
            "absences": 0,
        }
        for place, state in enumerate(("failed", "failed", "sent")):
            at = {"not_before": NOW, "created_at": NOW, "error_code": "30006"}
            connection.execute(insert(OutboundRow).values(reference=str(place), state=state, **sent, **at))
    assert (await sheet(staff, "failures"))[1:] == [["SMS: 30006", "2", "refused for good"]]


async def test_the_page_draws_every_sheet_says_its_gist_and_has_its_table(staff: Staff) -> None:
    note(staff, 2, entry="mm-what", topic="margin-money", district="banda")
    note(staff, 1, at=NOW - timedelta(days=2))
    page = (await (await staff("supervisor")).get("/figures")).text
    assert "Highest: Banda, 2 (Turns)" in page
    assert "<polyline points=" in page
    assert page.count('aria-hidden="true"') >= 5
    assert not re.search(r"\sstyle=|<script>", page)
    for name in SHEETS:
        assert f'href="/console/figures/{name}.csv"' in page


async def test_a_day_without_turns_has_a_page(staff: Staff) -> None:
    page = await (await staff("supervisor")).get("/figures?since=2024-01-01&until=2024-01-01")
    assert page.status_code == 200
    assert "Nothing in these days." in page.text


@pytest.mark.parametrize(
    "dates",
    [
        "since=2026-02-01&until=2026-01-01",
        "since=2020-01-01&until=2026-01-01",
        "since=0001-01-01&until=0001-01-02",
        "until=0001-01-02",
        "since=9999-12-30&until=9999-12-31",
    ],
)
async def test_dates_that_do_not_work_are_told_on_the_page(staff: Staff, dates: str) -> None:
    answer = await (await staff("supervisor")).get(f"/figures?{dates}")
    assert answer.status_code == 422
    assert "at most 366 days" in answer.text


async def test_an_agent_sees_no_figures(staff: Staff) -> None:
    assert (await (await staff("agent")).get("/figures")).status_code == 403


async def test_an_unknown_table_is_not_found(staff: Staff) -> None:
    assert (await (await staff("supervisor")).get("/figures/secrets.csv")).status_code == 404


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(-1) == -1


async def test_what_the_bot_names_cannot_become_a_formula(staff: Staff) -> None:
    note(staff, 1, entry="=HYPERLINK(1)")
    assert (await sheet(staff, "entries"))[1][0] == "'=HYPERLINK(1)"


def test_every_outcome_channel_and_topic_has_its_words() -> None:
    from typing import get_args

    from channels.settings import ROOT

    topics = [each.name for each in (ROOT / "knowledge" / "entries").iterdir() if each.is_dir()]
    for key in (*get_args(Outcome), *(f"topic_{topic}" for topic in topics)):
        assert words.has(f"figures.{key}"), key


async def test_days_and_numbers_are_drawn_as_people_write_them(staff: Staff) -> None:
    note(staff, 2, at=datetime(2026, 3, 5, 9, tzinfo=UTC))
    page = (await (await staff("supervisor")).get("/figures?since=2026-03-01&until=2026-03-09")).text
    assert "Highest: 05.03.2026, 2 (Turns)" in page and "2 · Turns" in page
    assert "2026-03-05" not in page


async def test_districts_nobody_asked_about_are_in_the_table_and_not_drawn(staff: Staff) -> None:
    note(staff, 2, district="banda")
    page = (await (await staff("supervisor")).get("/figures")).text
    assert '<span class="name">Banda</span>' in page and '<span class="name">Agra</span>' not in page
    assert '<th scope="row">Agra</th>' in page
