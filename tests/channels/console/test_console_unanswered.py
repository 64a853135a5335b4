"""What was not answered, as an editor sees it."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from staffed import Staff

from channels.turn_log import figures, grouping, unanswered, writing
from channels.turn_log.figures import Range
from channels.turn_log.noted import Noted
from channels.turn_log.persons import day_of
from channels.turn_log.tables import GroupRow, TurnRow

BANK = ["bank loan nahi de raha", "bank ne mana kiya", "बैंक लोन नहीं दे रहा"]
MELA = ["mela me stall"]
NEAR = [{"entry_id": "loan-rejected", "title": {"hi": "लोन नामंज़ूर", "en": "Loan refused"}, "score": 0.6}]


def note(staff: Staff, texts: list[str], **more: Any) -> None:
    values = {
        "channel": "web",
        "language": "hi-Latn",
        "outcome": "not_understood",
        "milliseconds": 5,
        "district": "agra",
    }
    known = len(turns(staff))
    batch = [
        Noted(f"{known + place:032x}", f"s{place}", None, datetime.now(UTC), text=text, **(values | more))
        for place, text in enumerate(texts)
    ]
    with staff.database.writing() as connection:
        writing.write(connection, batch, staff.app.state.notes.texts)


def turns(staff: Staff) -> list[Any]:
    with staff.database.reading() as connection:
        return list(connection.execute(select(TurnRow.__table__).order_by(TurnRow.id)).all())


def rows(staff: Staff) -> list[Any]:
    with staff.database.reading() as connection:
        return list(connection.execute(select(GroupRow.__table__).order_by(GroupRow.count.desc())).all())


def placed(staff: Staff, *groups: list[int]) -> None:
    found = [{"ids": list(ids), "first": list(ids), "near": NEAR} for ids in groups]
    with staff.database.writing() as connection:
        grouping.place(connection, found, datetime.now(UTC))
        grouping._count(connection)


@pytest.fixture
def ids(staff: Staff) -> list[int]:
    """Three of the bank and one of the fair, in two groups."""
    note(staff, BANK + MELA)
    found = [row.id for row in turns(staff)]
    placed(staff, found[:3], found[3:])
    return found


async def test_groups_show_how_often_where_and_what_was_asked(staff: Staff, ids: list[int]) -> None:
    page = (await (await staff("editor")).get("/unanswered")).text
    assert page.index("bank loan nahi de raha") < page.index("mela me stall")
    for shown in ("3×", "Hinglish 3", "Agra 3", "बैंक लोन नहीं दे रहा", "not understood"):
        assert shown in page


async def test_one_step_leads_to_an_entry(staff: Staff, ids: list[int]) -> None:
    page = (await (await staff("editor")).get("/unanswered")).text
    group = rows(staff)[0].id
    assert f'href="/console/content/new?group={group}"' in page
    assert f'href="/console/content/loan-rejected?group={group}"' in page
    assert "Add to this answer: Loan refused" in page


async def test_what_was_written_is_shown_as_text(staff: Staff) -> None:
    note(staff, ["<script>alert(1)</script>"])
    placed(staff, [turns(staff)[0].id])
    page = (await (await staff("editor")).get("/unanswered")).text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


async def test_a_group_is_dismissed_with_a_reason_and_can_come_back(staff: Staff, ids: list[int]) -> None:
    editor = await staff("editor")
    group = rows(staff)[0].id
    assert (await editor.post(f"/unanswered/{group}/dismiss", reason="")).status_code == 422
    assert (await editor.post(f"/unanswered/{group}/dismiss", reason="a bank's matter")).status_code == 303
    assert "bank loan nahi" not in (await editor.get("/unanswered")).text
    closed = (await editor.get("/unanswered?state=dismissed")).text
    assert "bank's matter" in closed.replace("&#39;", "'")
    assert (await editor.post(f"/unanswered/{group}/dismiss", reason="again")).status_code == 409
    await editor.post(f"/unanswered/{group}/reopen")
    assert "bank loan nahi" in (await editor.get("/unanswered")).text


async def test_who_did_what_is_written_down(staff: Staff, ids: list[int]) -> None:
    editor = await staff("editor")
    await editor.post(f"/unanswered/{rows(staff)[0].id}/answered")
    page = (await (await staff("supervisor")).get("/audit")).text
    assert "closed a group as answered" in page


async def test_an_agent_does_not_see_it_and_nobody_without_a_login(staff: Staff) -> None:
    assert (await (await staff("agent")).get("/unanswered")).status_code == 403
    assert (await staff.browser().get("/unanswered")).status_code == 303


async def test_a_group_stays_the_same_while_most_of_its_messages_do(staff: Staff, ids: list[int]) -> None:
    bank, mela = (row.id for row in rows(staff))
    note(staff, ["bank manager mana karta hai"])
    placed(staff, [*ids[:2], turns(staff)[-1].id], [ids[3], ids[2]])
    assert {row.id: row.count for row in rows(staff)} == {bank: 3, mela: 2}


async def test_what_joins_a_dismissed_group_does_not_come_back(staff: Staff, ids: list[int]) -> None:
    editor = await staff("editor")
    await editor.post(f"/unanswered/{rows(staff)[0].id}/dismiss", reason="a bank's matter")
    note(staff, ["bank manager mana karta hai"])
    placed(staff, [*ids[:3], turns(staff)[-1].id], ids[3:])
    assert [row.state for row in rows(staff)] == ["dismissed", "open"]
    assert "bank manager" not in (await editor.get("/unanswered")).text


async def test_a_group_of_which_nothing_is_left_goes(staff: Staff, ids: list[int]) -> None:
    placed(staff, ids)
    assert [row.count for row in rows(staff)] == [4]


async def test_the_action_server_is_asked_once_for_each_wording(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    note(staff, [*BANK, BANK[0]])
    asked: list[Any] = []

    async def post(address: str, **more: Any) -> httpx.Response:
        asked.extend(more["json"]["texts"])
        groups = [{"ids": [each["id"] for each in more["json"]["texts"]], "title": "", "near": NEAR}]
        return httpx.Response(200, json={"groups": groups}, request=httpx.Request("POST", address))

    work = staff.app.state.grouping
    monkeypatch.setattr(work._http, "post", post)
    await work.regroup()
    assert sorted(each["text"] for each in asked) == sorted(BANK)
    assert [row.count for row in rows(staff)] == [4]


async def test_with_the_action_server_away_the_page_opens(staff: Staff) -> None:
    note(staff, BANK)
    page = (await (await staff("editor")).get("/unanswered")).text
    assert "3 new messages are being sorted" in page
    await staff.app.state.grouping.close()


async def test_an_agent_marks_an_answer_wrong_with_what_was_asked(staff: Staff) -> None:
    note(staff, ["margin money"], outcome="answered", entry="mm-how-much")
    agent = await staff("rekha")
    turn = turns(staff)[0].key
    assert (await agent.post(f"/unanswered/turns/{turn}/wrong", text="margin money kab")).status_code == 200
    row = turns(staff)[0]
    assert (row.mark, staff.app.state.notes.texts.open(row.sealed_text)) == ("wrong", "margin money kab")
    assert (await agent.post(f"/unanswered/turns/{'f' * 32}/wrong")).status_code == 404


def marked(staff: Staff) -> dict[str, int]:
    with staff.database.reading() as connection:
        today = day_of(datetime.now(UTC))
        return dict(figures.by(connection, "mark", Range(today, today)))


async def test_wrong_is_taken_back_and_the_users_own_thumb_holds_again(staff: Staff) -> None:
    note(staff, ["margin money"], outcome="answered", entry="mm-how-much")
    agent, key = await staff("rekha"), turns(staff)[0].key
    path = f"/unanswered/turns/{key}/wrong"
    for thumb, kept in ((None, None), ("up", None), ("down", "margin money kab")):
        if thumb:
            assert await staff.app.state.notes.marks.of_turn("s0", key, thumb)
        wrong = await agent.post(path, text="margin money kab")
        assert "Undo" in wrong.text and marked(staff) == {"wrong": 1}
        undone = await agent.post(path + "/undo", text="margin money kab")
        assert "This answer was wrong" in undone.text
        row = turns(staff)[0]
        assert (row.mark, staff.app.state.notes.texts.open(row.sealed_text) or None) == (thumb, kept)
        assert marked(staff) == ({thumb: 1} if thumb else {})
    assert (await agent.post(f"/unanswered/turns/{'f' * 32}/wrong/undo")).status_code == 404


async def test_a_thumb_given_while_staff_say_wrong_holds_once_they_take_that_back(staff: Staff) -> None:
    note(staff, ["margin money"], outcome="answered")
    marks, key = staff.app.state.notes.marks, turns(staff)[0].key
    await marks.wrong(key)
    await marks.of_turn("s0", key, "up")
    assert turns(staff)[0].mark == "wrong"
    await marks.not_wrong(key)
    assert turns(staff)[0].mark == "up" and marked(staff) == {"up": 1}


async def test_an_answer_called_wrong_stands_among_the_unanswered_until_that_is_taken_back(staff: Staff) -> None:
    note(staff, ["margin money"], outcome="answered", entry="mm-how-much")
    agent, editor, row = await staff("rekha"), await staff("editor"), turns(staff)[0]
    await agent.post(f"/unanswered/turns/{row.key}/wrong", text="margin money kab")
    placed(staff, [row.id])
    assert "margin money kab" in (await editor.get("/unanswered")).text
    await agent.post(f"/unanswered/turns/{row.key}/wrong/undo")
    assert "margin money kab" not in (await editor.get("/unanswered")).text


def test_the_examples_of_a_group_are_given_each_wording_once(staff: Staff, ids: list[int]) -> None:
    note(staff, [BANK[0]])
    placed(staff, [*ids[:3], turns(staff)[-1].id], ids[3:])
    with staff.database.reading() as connection:
        found = unanswered.examples(connection, staff.app.state.notes.texts, rows(staff)[0].id)
    assert sorted(each.text for each in found) == sorted(BANK)
