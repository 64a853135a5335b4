"""Conversations: the queue, who has which, replies, masks, notes, reasons; two members of staff and one user."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from staffed import Browser, Staff

from channels.console import words
from channels.console.conversations.closing import REASONS as CLOSE_REASONS
from channels.console.conversations.masking import REASONS as REVEAL_REASONS
from channels.console.conversations.suggestions import LANGUAGES, canned
from channels.delivery.contacts import Address, Vault
from channels.fake_bot import ENGLISH, FakeBot
from channels.models import Outcome
from channels.settings import PLACEHOLDER
from channels.store.console_tables import AuditRow, SessionRow
from channels.store.tables import ContactRow, HandoverRow
from channels.turn_log import writing
from channels.turn_log.noted import Noted

NUMBER = "9876543210"
SUMMARY = f"Loan refused, phone {NUMBER}"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
NOW = datetime.now(UTC)


def ask(staff: Staff, session: str = "artisan-1", channel: str = "web", **more: Any) -> int:
    """Somebody waits for a person."""
    values = {"session_id": session, "channel": channel, "language": "en", "reason": "asked", "urgency": "normal"}
    values |= {"summary": SUMMARY, "asked_at": NOW} | more
    with staff.database.writing() as connection:
        return int(connection.execute(insert(HandoverRow).values(values)).inserted_primary_key[0])


async def say(staff: Staff, text: str, session: str = "artisan-1") -> Any:
    body = {"session_id": session, "text": text}
    return (await staff.browser().client.post("/api/v1/messages", json=body)).json()


def audited(staff: Staff) -> list[tuple[str, str, str, str | None]]:
    with staff.database.reading() as connection:
        columns = (AuditRow.login, AuditRow.action, AuditRow.subject, AuditRow.reason)
        return [
            (row.login, row.action, row.subject, row.reason)
            for row in connection.execute(select(*columns).order_by(AuditRow.id))
        ]


@pytest.fixture
async def rekha(staff: Staff) -> Browser:
    return await staff("rekha")


@pytest.fixture
async def imran(staff: Staff) -> Browser:
    return await staff("imran")


async def test_the_most_urgent_come_first_and_then_who_has_waited_longest(staff: Staff, rekha: Browser) -> None:
    now = datetime.now(UTC)
    ask(staff, "a", summary="new one", asked_at=now - timedelta(minutes=5))
    ask(staff, "b", summary="old one", asked_at=now - timedelta(hours=3))
    ask(staff, "c", summary="in danger", urgency="urgent")
    text = (await rekha.get("/conversations")).text
    assert text.index("in danger") < text.index("old one") < text.index("new one")
    assert "Waiting: 3" in text and "for 3 h" in text and "for 5 min" in text


async def test_two_cannot_have_one_conversation_and_the_second_is_told_who_has_it(
    staff: Staff, rekha: Browser, imran: Browser
) -> None:
    path = f"/conversations/{ask(staff)}"
    assert (await rekha.post(path + "/take")).status_code == 303
    refused = await imran.post(path + "/take")
    assert refused.status_code == 409 and "rekha has this conversation" in refused.text
    assert "Rekha has this conversation" in (await imran.get(path)).text
    assert "With Rekha" in (await imran.get("/conversations")).text
    for action, fields in (("reply", {"text": "me too"}), ("return", {}), ("close", {"choice": "answered"})):
        answer = await imran.post(f"{path}/{action}", **fields)
        assert answer.status_code == 409, action
    assert (await say(staff, "hello"))["replies"] == []


async def test_a_reply_reaches_the_user_and_theirs_reaches_the_page(staff: Staff, rekha: Browser) -> None:
    path = f"/conversations/{ask(staff)}"
    await rekha.post(path + "/take")
    await rekha.post(path + "/reply", text="Which bank was it?")
    heard = await say(staff, "The one in the market")
    assert [reply["text"] for reply in heard["replies"]] == ["Which bank was it?"]
    page = (await rekha.get(path)).text
    assert "Which bank was it?" in page and "The one in the market" in page
    assert "New message" in (await rekha.get("/conversations/queue")).text


async def test_a_reply_before_taking_is_refused(staff: Staff, rekha: Browser) -> None:
    refused = await rekha.post(f"/conversations/{ask(staff)}/reply", text="Hello")
    assert refused.status_code == 409 and "Nobody has taken" in refused.text


async def test_a_refusal_to_htmx_goes_to_the_notices_so_that_nothing_written_is_lost(
    staff: Staff, rekha: Browser
) -> None:
    path = f"/conversations/{ask(staff)}/reply"
    refused = await rekha.post(path, headers={"HX-Request": "true"}, text="Hello")
    assert refused.headers["hx-retarget"] == "#notice" and "<html" not in refused.text


async def test_numbers_are_masked_everywhere_until_a_reason_is_given_which_is_audited(
    staff: Staff, rekha: Browser
) -> None:
    number = ask(staff)
    path = f"/conversations/{number}"
    await rekha.post(path + "/take")
    await say(staff, f"Call me on {NUMBER} please")
    await rekha.post(path + "/note", text=f"Her number is {NUMBER}")
    for page in (path, path + "/talk", "/conversations", "/conversations/queue"):
        assert NUMBER not in (await rekha.get(page)).text, page
    refused = await rekha.post(path + "/reveal", choice="other")
    assert refused.status_code == 422 and NUMBER not in refused.text
    shown = await rekha.post(path + "/reveal", choice="call_back")
    for text in (SUMMARY, f"Call me on {NUMBER}", f"Her number is {NUMBER}"):
        assert text in shown.text
    assert ("rekha", "revealed", f"handover {number}", "call_back") in audited(staff)
    assert not [row for row in audited(staff) if NUMBER in str(row)]
    supervisor = await staff("supervisor")
    assert "showed personal data" in (await supervisor.get("/audit")).text


async def test_every_step_is_in_the_audit(staff: Staff, rekha: Browser) -> None:
    path = f"/conversations/{ask(staff)}"
    await rekha.get(path)
    await rekha.post(path + "/take")
    await rekha.post(path + "/reply", text="Hello")
    await rekha.post(path + "/note", text="asked again")
    await rekha.post(path + "/close", choice="other", text="moved away")
    assert [row[1] for row in audited(staff)] == ["opened", "taken", "replied", "noted", "closed"]


async def test_closing_needs_a_reason_which_the_page_then_shows(staff: Staff, rekha: Browser) -> None:
    path = f"/conversations/{ask(staff)}"
    await rekha.post(path + "/take")
    for fields in ({}, {"choice": "other"}, {"choice": "made-up"}):
        assert (await rekha.post(path + "/close", **fields)).status_code == 422
    assert (await rekha.post(path + "/close", choice="phoned", text="twice")).status_code == 303
    assert "Settled by phone: twice" in (await rekha.get(path)).text
    assert "Settled by phone: twice" in (await rekha.get("/conversations/over")).text
    assert (await rekha.post(path + "/reply", text="late")).status_code == 409


async def test_given_back_the_assistant_answers_again(staff: Staff, rekha: Browser, bot: FakeBot) -> None:
    path = f"/conversations/{ask(staff)}"
    await rekha.post(path + "/take")
    await rekha.post(path + "/return")
    assert (await say(staff, "hello"))["outcome"] == ENGLISH["outcome"]


async def test_a_supervisor_takes_over_with_a_reason_and_from_then_on_only_they_may_reply(
    staff: Staff, rekha: Browser
) -> None:
    number = ask(staff)
    path = f"/conversations/{number}"
    await rekha.post(path + "/take")
    seen = (await rekha.get(path)).text.split('name="seen" value="')[1].split('"')[0]
    supervisor = await staff("supervisor")
    assert "Take over from Rekha" in (await supervisor.get(path)).text
    assert (await supervisor.post(path + "/take-over", holder="rekha", text=" ")).status_code == 422
    assert (await supervisor.post(path + "/take-over", holder="rekha", text="she is ill")).status_code == 303
    refused = await rekha.post(path + "/reply", text="me too")
    assert refused.status_code == 409 and "supervisor has this conversation" in refused.text
    news = (await rekha.get(path + "/talk", params={"seen": seen})).text
    assert "Supervisor has this conversation" in news and 'id="desk"' in news and 'id="reply"' not in news
    assert (await supervisor.post(path + "/reply", text="I go on")).status_code == 303
    assert ("supervisor", "taken_over", f"handover {number}", "rekha: she is ill") in audited(staff)


async def test_an_agent_takes_nothing_over(staff: Staff, rekha: Browser, imran: Browser) -> None:
    path = f"/conversations/{ask(staff)}"
    await rekha.post(path + "/take")
    assert "take-over" not in (await imran.get(path)).text
    assert (await imran.post(path + "/take-over", holder="rekha", text="mine")).status_code == 403
    assert (await rekha.post(path + "/reply", text="still here")).status_code == 303


async def test_of_two_who_take_over_at_once_one_has_it_and_the_other_is_told(staff: Staff, rekha: Browser) -> None:
    path = f"/conversations/{ask(staff)}"
    await rekha.post(path + "/take")
    browsers = [await staff(login) for login in ("supervisor", "admin")]
    taken = [each.post(path + "/take-over", holder="rekha", text="she is ill") for each in browsers]
    answers = await asyncio.gather(*taken)
    assert sorted(each.status_code for each in answers) == [303, 409]
    replies = [await each.post(path + "/reply", text="hello") for each in (*browsers, rekha)]
    assert sorted(each.status_code for each in replies) == [303, 409, 409]


async def test_what_nobody_has_or_what_is_over_is_not_taken_over(staff: Staff, rekha: Browser) -> None:
    path = f"/conversations/{ask(staff)}"
    supervisor = await staff("supervisor")
    assert (await supervisor.post(path + "/take-over", holder="", text="why not")).status_code == 409
    await rekha.post(path + "/take")
    await rekha.post(path + "/close", choice="answered")
    assert (await supervisor.post(path + "/take-over", holder="rekha", text="why not")).status_code == 409


async def test_what_is_over_is_seen_only_by_who_had_it_and_by_supervisors(
    staff: Staff, rekha: Browser, imran: Browser
) -> None:
    path = f"/conversations/{ask(staff)}"
    await rekha.post(path + "/take")
    await rekha.post(path + "/close", choice="answered")
    for part in ("", "/talk", "/before", "/suggestions"):
        assert (await imran.get(path + part)).status_code == 404, part
    for part in ("/reveal", "/note"):
        assert (await imran.post(path + part, choice="check", text="x")).status_code == 404, part
    assert path not in (await imran.get("/conversations/over")).text
    supervisor = await staff("supervisor")
    assert (await supervisor.get(path)).status_code == 200
    assert path in (await supervisor.get("/conversations/over")).text


@pytest.mark.parametrize(
    "number", ["0", "999", "abc", "-1", "99999999999999", "1%20OR%201=1", "..%2f..%2fetc%2fpasswd"]
)
async def test_a_conversation_that_is_not_there_is_a_sentence(rekha: Browser, number: str) -> None:
    answer = await rekha.get(f"/conversations/{number}")
    assert answer.status_code in (404, 422) and 'role="alert"' in answer.text


async def test_an_editor_sees_no_conversation(staff: Staff) -> None:
    editor = await staff("editor")
    assert (await editor.get(f"/conversations/{ask(staff)}")).status_code == 403
    assert "/console/conversations" not in (await editor.get("/account/password")).text


async def test_script_in_any_field_stays_text(staff: Staff, rekha: Browser, bot: FakeBot) -> None:
    bot.said = [{"speaker": "user", "text": SCRIPT, "at": 1.0, "outcome": SCRIPT}]
    path = f"/conversations/{ask(staff, summary=SCRIPT, call_back=SCRIPT)}"
    await rekha.post(path + "/take")
    await say(staff, SCRIPT)
    for action in ("reply", "note"):
        await rekha.post(f"{path}/{action}", text=SCRIPT)
    await rekha.post(path + "/reveal", choice="other", text=SCRIPT)
    admin = await staff("admin")
    await admin.post("/accounts", login="scripted", name=SCRIPT, role="agent")
    pages = [await rekha.get(path + part) for part in ("", "/talk", "/before", "/suggestions")]
    pages += [
        await rekha.get("/conversations"),
        await admin.get("/accounts"),
        await admin.get("/audit?login=" + SCRIPT),
    ]
    pages += [await admin.get("/audit"), await rekha.get(f"/login?next={SCRIPT}&done={SCRIPT}")]
    await rekha.post(path + "/close", choice="other", text=SCRIPT)
    pages.append(await rekha.get("/conversations/over"))
    assert sum("&lt;script&gt;alert" in page.text for page in pages) >= 7
    for page in pages:
        assert "<script>alert" not in page.text and "<img src=x" not in page.text, page.url
        assert "script-src 'self'" in page.headers["content-security-policy"]


async def test_what_was_said_with_the_assistant_is_shown_masked_with_outcomes(
    staff: Staff, rekha: Browser, bot: FakeBot
) -> None:
    path = f"/conversations/{ask(staff)}/before"
    bot.said = [
        {"speaker": "user", "text": f"my number is {NUMBER}", "at": 1.0, "outcome": None},
        {"speaker": "bot", "text": "I did not understand", "at": 2.0, "outcome": "not_understood"},
    ]
    text = (await rekha.get(path)).text
    assert "[mobile]" in text and NUMBER not in text and "· not understood" in text
    bot.mode = "500"
    assert "does not tell just now" in (await rekha.get(path)).text


async def test_what_is_hidden_is_named_in_the_language_of_the_page(staff: Staff, rekha: Browser, bot: FakeBot) -> None:
    path = f"/conversations/{ask(staff)}/before"
    bot.said = [{"speaker": "user", "text": f"my number is {NUMBER}", "at": 1.0, "outcome": None}]
    await rekha.post("/language", language="hi", next="/console/")
    assert "my number is [मोबाइल नंबर]" in (await rekha.get(path)).text


async def test_each_answer_of_the_assistant_can_be_called_wrong_and_no_other_line(
    staff: Staff, rekha: Browser, bot: FakeBot
) -> None:
    path = f"/conversations/{ask(staff)}/before"
    note_turn(staff, "1", "answered")
    note_turn(staff, "2", "small_talk")
    note_turn(staff, "3", "answered", session="somebody-else", seconds=-1)
    then = NOW.timestamp()
    bot.said = [
        {"speaker": "user", "text": f"margin money, {NUMBER}", "at": then - 0.4},
        {"speaker": "bot", "text": "It is help.", "at": then - 0.1, "outcome": "answered"},
        {"speaker": "bot", "text": "Anything else?", "at": then - 0.05, "outcome": "answered"},
        {"speaker": "user", "text": "thanks", "at": then + 9.5},
        {"speaker": "bot", "text": "You are welcome.", "at": then + 9.9, "outcome": "small_talk"},
        {"speaker": "bot", "text": "Of yesterday.", "at": then - 90_000, "outcome": "answered"},
    ]
    text = (await rekha.get(path)).text
    assert text.count("This answer was wrong") == 1
    assert text.index("Anything else?") < text.index("This answer was wrong") < text.index("You are welcome")
    assert f"/turns/{'1' * 32}/wrong" in text and 'value="margin money, [mobile]"' in text
    await rekha.post(f"/unanswered/turns/{'1' * 32}/wrong", text="margin money")
    assert "Undo: it was right" in (await rekha.get(path)).text


def note_turn(staff: Staff, digit: str, outcome: str, session: str = "artisan-1", seconds: float = 0) -> None:
    at = NOW + timedelta(seconds=seconds if outcome == "answered" else 10)
    noted = Noted(digit * 32, session, None, at, "web", "en", outcome, 500, "margin money")
    with staff.database.writing() as connection:
        writing.write(connection, [noted], staff.app.state.notes.texts)


async def test_a_suggestion_comes_from_the_knowledge_and_its_absence_is_said(staff: Staff, rekha: Browser) -> None:
    path = f"/conversations/{ask(staff)}/suggestions"
    assert "No suggestion" in (await rekha.get(path)).text
    each = {language: f"papers {language}" for language in LANGUAGES}
    answer = {
        "title": each,
        "answer": each,
        "sources": [{"title": {"hi": "योजना", "en": "Scheme"}, "as_of": "2025-07-15"}],
    }
    told = {"outcome": "answered", "answers": [answer]}

    class Actions:
        async def post(self, address: str, **request: Any) -> Any:
            assert address.endswith("/staff/ask") and NUMBER not in json.dumps(request["json"])
            return type("Answer", (), {"status_code": 200, "json": lambda self: told})()

    staff.app.state.http = Actions()
    text = (await rekha.get(path)).text
    assert "papers en" in text and "Scheme (2025-07-15)" in text


def contact(staff: Staff, hours: float, channel: str = "whatsapp", **more: Any) -> str:
    """The session of somebody who wrote so many hours ago."""
    vault = Vault(PLACEHOLDER, PLACEHOLDER)
    address = Address(channel, f"+91{NUMBER}")  # type: ignore[arg-type]
    values = {"key": vault.key(address), "channel": channel, "sealed_address": vault.seal_address(address)}
    values |= {"ours": "+1", "state": "active", "created_at": NOW}
    values |= {"last_inbound_at": datetime.now(UTC) - timedelta(hours=hours)} | more
    with staff.database.writing() as connection:
        connection.execute(insert(ContactRow).values(values))
    return f"c{vault.key(address)}"


async def test_within_whatsapps_window_the_remaining_time_is_shown(staff: Staff, rekha: Browser) -> None:
    number = ask(staff, contact(staff, 20.5), "whatsapp")
    text = (await rekha.get(f"/conversations/{number}")).text
    assert "reply for another 3 h 29 min" in text
    shown = await rekha.post(f"/conversations/{number}/reveal", choice="call_back")
    assert f"+91{NUMBER}" in shown.text and f"+91{NUMBER}" not in text


async def test_after_the_window_there_is_the_template_or_nothing(staff: Staff, rekha: Browser) -> None:
    path = f"/conversations/{ask(staff, contact(staff, 24.1), 'whatsapp')}"
    await rekha.post(path + "/take")
    page = (await rekha.get(path)).text
    assert "no reply can be sent" in page and 'id="reply"' not in page
    refused = await rekha.post(path + "/reply", text="Hello")
    assert refused.status_code == 409 and "was not sent" in refused.text
    staff.app.state.settings.window_template_sid = "HX" + "0" * 32
    page = (await rekha.get(path)).text
    assert "inside the approved template" in page and 'id="reply"' in page
    assert (await rekha.post(path + "/reply", text="Hello")).status_code == 303


@pytest.mark.parametrize(
    ("values", "told"), [({"state": "opted_out"}, "have stopped"), ({"sealed_address": ""}, "erased")]
)
async def test_who_wants_no_messages_gets_none(staff: Staff, rekha: Browser, values: Any, told: str) -> None:
    path = f"/conversations/{ask(staff, contact(staff, 1, **values), 'whatsapp')}"
    await rekha.post(path + "/take")
    assert told in (await rekha.get(path)).text
    assert (await rekha.post(path + "/reply", text="Hello")).status_code == 409


async def test_who_is_logged_out_is_led_to_the_login_by_the_page_that_refreshes_itself(
    staff: Staff, rekha: Browser
) -> None:
    await rekha.post("/logout")
    part = await rekha.get("/conversations/queue", headers={"HX-Request": "true"})
    assert part.status_code == 204 and part.headers["hx-redirect"] == "/console/login"


async def test_a_page_that_refreshes_itself_keeps_no_session_alive(staff: Staff, rekha: Browser) -> None:
    old = datetime.now(UTC) - timedelta(minutes=20)
    with staff.database.writing() as connection:
        connection.execute(update(SessionRow).values(seen_at=old))
    await rekha.get("/conversations/queue")
    with staff.database.reading() as connection:
        assert connection.execute(select(SessionRow.seen_at)).scalar_one() == old
    await rekha.get("/conversations")
    with staff.database.reading() as connection:
        assert connection.execute(select(SessionRow.seen_at)).scalar_one() > old


def test_ready_replies_and_reasons_are_there_in_every_language() -> None:
    for each in canned().values():
        assert set(each["text"]) == set(LANGUAGES) and set(each["title"]) == {"hi", "en"}
    keys = [f"close_{each}" for each in CLOSE_REASONS] + [f"reveal_{each}" for each in REVEAL_REASONS]
    keys += [f"outcome_{each}" for each in Outcome.__args__]  # type: ignore[attr-defined]
    assert [key for key in keys if not words.has(f"conversations.{key}")] == []
