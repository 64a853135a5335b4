"""An admin switches a channel off and on: seen before it is done, in the audit, and obeyed at once."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from staffed import Browser, Staff

from channels.store.console_tables import AuditRow
from channels.switch import state

WHY = "wrong dates in the answer, call 9876543210"
PAGES = ("/switches", "/switches/web")


@pytest.fixture(autouse=True)
def looked_up_at_each_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "_SECONDS", 0.0)


@pytest.fixture
async def admin(staff: Staff) -> Browser:
    browser = await staff("admin")
    await browser.get("/switches")
    return browser


@pytest.fixture
def ask(staff: Staff) -> Callable[..., Any]:
    """`await ask("mera loan")` is what a user is told."""
    client = staff.browser().client

    async def said(text: str, session: str = "a", channel: str = "web") -> str:
        body = {"session_id": session, "text": text, "channel": channel}
        answer = (await client.post("/api/v1/messages", json=body)).json()
        return "|".join(reply["text"] for reply in answer["replies"])

    return said


def audited(staff: Staff) -> list[tuple[str, str, str, str | None]]:
    columns = (AuditRow.login, AuditRow.action, AuditRow.subject, AuditRow.reason)
    with staff.database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(AuditRow.id))]


def off(staff: Staff) -> dict[str, Any]:
    with staff.database.reading() as connection:
        return {name: (row.by, row.reason, row.sentences) for name, row in state.off_ones(connection).items()}


async def test_a_channel_that_is_switched_off_answers_with_the_sentence_and_then_again_as_always(
    staff: Staff, admin: Browser, ask: Callable[..., Any]
) -> None:
    usual = await ask("hello")
    done = await admin.post("/switches/web/off", reason=WHY, hi="सोमवार से फिर।", en="Again from Monday.")
    assert (done.status_code, done.headers["location"]) == (303, "/console/switches?done=channel_off")
    assert await ask("मेरा लोन", "b") == "सोमवार से फिर।"
    assert await ask("my loan", "c") == "Yeh raasta abhi band hai. Helpline 1800-1800-888.|Again from Monday."
    assert "Monday" not in await ask("hello", "d", "voice")
    page = (await admin.get("/switches?done=channel_off")).text
    assert "Again from Monday." in page and "by Admin" in page and "wrong dates in the answer, call [mobile]" in page
    assert (await admin.post("/switches/web/on")).headers["location"] == "/console/switches?done=channel_on"
    assert await ask("hello", "e") == usual
    assert "Again from Monday." not in (await admin.get("/switches")).text


async def test_both_are_in_the_audit_with_the_reason_and_without_numbers(staff: Staff, admin: Browser) -> None:
    await admin.post("/switches/sms/off", reason=WHY)
    await admin.post("/switches/sms/on")
    await admin.post("/switches/sms/on")  # it was on already
    assert audited(staff) == [
        ("admin", "channel_off", "channel sms", "wrong dates in the answer, call [mobile]"),
        ("admin", "channel_on", "channel sms", None),
    ]
    assert "switched a channel off" in (await admin.get("/audit")).text


async def test_before_it_is_done_the_sentence_is_shown_as_the_channel_carries_it(staff: Staff, admin: Browser) -> None:
    own = "Closed until Monday, see https://example.org/a. " + "Please call. " * 25
    page = (await admin.post("/switches/sms/check", reason="repairs", en=own)).text
    assert "यह रास्ता अभी बंद है। हेल्पलाइन 1800-1800-888।" in page and "SMS segments: 2" in page
    shown = page.split('<dd lang="en">')[1].split("</dd>")[0]
    assert shown.startswith("Closed until Monday") and "https" not in shown and len(shown) <= 306
    assert off(staff) == {} and audited(staff) == []
    assert f'name="en" value="{own.strip()}"' in page and 'name="reason" value="repairs"' in page


@pytest.mark.parametrize(
    ("wrong", "told"), [({"reason": " "}, "Write the reason"), ({"reason": "x", "en": "x" * 401}, "400 characters")]
)
async def test_without_a_reason_or_with_too_long_a_sentence_nothing_is_changed(
    staff: Staff, admin: Browser, wrong: dict[str, str], told: str
) -> None:
    for step in ("check", "off"):
        refused = await admin.post(f"/switches/web/{step}", **wrong)
        assert refused.status_code == 422 and told in refused.text
    assert off(staff) == {}


async def test_a_channel_that_is_off_can_be_given_another_sentence(staff: Staff, admin: Browser) -> None:
    await admin.post("/switches/web/off", reason="repairs", en="Back at ten.")
    form = (await admin.get("/switches/web")).text
    assert "Back at ten.</textarea>" in form and 'value="repairs"' in form
    await admin.post("/switches/web/off", reason="repairs", en="Back at noon.")
    assert off(staff) == {"web": ("admin", "repairs", {"en": "Back at noon."})}


async def test_a_sentence_is_text_and_no_page(admin: Browser) -> None:
    await admin.post("/switches/web/off", reason="<b>why", en="<script>alert(1)</script>")
    for path in PAGES:
        assert "<script>alert" not in (text := (await admin.get(path)).text) and "<b>why" not in text


async def test_a_channel_that_there_is_not_is_refused(staff: Staff, admin: Browser) -> None:
    assert (await admin.get("/switches/fax")).status_code == 422
    assert (await admin.post("/switches/fax/off", reason="why")).status_code == 422
    assert off(staff) == {}


@pytest.mark.parametrize("login", ["rekha", "supervisor", "editor"])
async def test_nobody_else_may(staff: Staff, login: str) -> None:
    other = await staff(login)
    answers = [await other.get(path) for path in PAGES]
    answers += [await other.post(f"/switches/web/{each}", reason="why") for each in ("check", "off", "on")]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert 'href="/console/switches"' not in answers[0].text
    assert off(staff) == {}


async def test_in_hindi_too(admin: Browser) -> None:
    await admin.post("/language", language="hi", next="/console/switches")
    await admin.post("/switches/whatsapp/off", reason="मरम्मत")
    page = (await admin.get("/switches")).text
    assert "WhatsApp चालू करें" in page and "कारण: मरम्मत" in page and "वेबसाइट बंद करें…" in page
