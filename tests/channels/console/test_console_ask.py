"""Asking for a caller: answers side by side, districts, eligibility, an application's status, sending."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from desk_stub import SCRIPT, Desk
from gateway_settings import settings
from sqlalchemy import select
from staffed import Browser, Staff, add_people

from channels.app import create_app
from channels.console.ask.filled import read
from channels.console.audit import entries
from channels.delivery.contacts import Address, change, met
from channels.delivery.service import vault_of
from channels.delivery.unasked import to_known
from channels.handovers import current_time
from channels.store.tables import OutboundRow

FRAGMENT = {"HX-Request": "true"}
MOST_BYTES = 10_000
NUMBER = "ODOP/MM/26/001234"


class Texts:
    """The delivery that carries messages: notes them; numbers ending in 0 want none."""

    def __init__(self) -> None:
        self.sent: dict[str, tuple[str, str]] = {}

    async def text(self, to: str, ours: str, text: str, name: str) -> bool:
        if to.endswith("0"):
            return False
        self.sent[name] = (to, text)
        return True

    async def write(self, to: str, text: str, name: str) -> str:
        self.sent[name] = (to, text)
        return "window_closed" if to.endswith("1") else "taken"


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def staff(desk: Desk) -> AsyncIterator[Staff]:
    own = settings(twilio_account_sid="AC" + "0" * 32, twilio_auth_token="0" * 32, twilio_sms_from="+15005550006",
                   twilio_whatsapp_from="whatsapp:+15005550006")  # fmt: skip
    app = create_app(own, httpx.MockTransport(desk), providers={})
    app.state.delivery = None
    made = Staff(app)
    add_people(made.database)
    yield made
    await made.close()
    app.state.handovers.close()


@pytest.fixture
async def rekha(staff: Staff) -> Browser:
    return await staff("rekha")


async def fragment(browser: Browser, path: str, **fields: Any) -> httpx.Response:
    answer = await browser.post(path, headers=FRAGMENT, **fields)
    assert len(answer.content) <= MOST_BYTES
    return answer


def notes(staff: Staff) -> list[tuple[str, str, str, str | None]]:
    with staff.database.reading() as connection:
        return [(row.login, row.action, row.subject, row.reason) for row in entries(connection)]


async def test_the_answer_stands_in_both_languages_with_source_dates_and_confidence(rekha: Browser) -> None:
    page = (await fragment(rekha, "/ask/found", text="which papers")).text
    assert "Papers for the loan: Aadhaar" in page and "लोन के काग़ज़: आधार" in page
    assert "ODOP Cell" in page and "about 2022-23" in page
    assert "As of 15.07.2025" in page and "last checked 21.11.2026" in page
    assert "Sure · 97 %" in page
    assert "Another source says otherwise:" in page and "A 2021 notice says more." in page


async def test_what_is_read_aloud_says_numbers_as_people_do(rekha: Browser) -> None:
    page = (await fragment(rekha, "/ask/found", text="which papers")).text
    assert "6 lakh 25 thousand rupees" in page and "6 लाख 25 हज़ार रुपये" in page


async def test_near_questions_are_offered_and_open_as_an_answer(rekha: Browser) -> None:
    page = (await fragment(rekha, "/ask/found", text="which papers")).text
    assert re.findall(r'name="entry" value="(\w+)"', page) == ["papers", "apply"]
    opened = (await fragment(rekha, "/ask/entry", entry="apply")).text
    assert "How to apply: Aadhaar" in opened and "<html" not in opened


async def test_nothing_typed_asks_nothing(rekha: Browser, desk: Desk) -> None:
    assert (await fragment(rekha, "/ask/found", text="  ")).status_code == 200
    assert desk.asked == []


async def test_a_miss_says_what_to_do_next(rekha: Browser) -> None:
    assert "Try other words" in (await fragment(rekha, "/ask/found", text="zzz")).text


async def test_the_question_is_in_no_address(rekha: Browser, desk: Desk) -> None:
    await fragment(rekha, "/ask/found", text="mera number 9876501234")
    ((address, body),) = desk.asked
    assert "98765" not in address and body == {"text": "mera number 9876501234"}


async def test_without_javascript_the_form_gives_a_whole_page(rekha: Browser) -> None:
    page = (await rekha.post("/ask", text="which papers")).text
    assert "<html" in page and "Papers for the loan: Aadhaar" in page
    assert page.count('id="told"') == 1


async def test_a_district_is_answered_from_the_list(rekha: Browser) -> None:
    assert "Product of Agra: leather." in (await fragment(rekha, "/ask/found", text="agra product")).text


async def test_districts_show_products_division_and_what_was_added_when(rekha: Browser) -> None:
    page = (await rekha.get("/ask/districts?q=ag", headers=FRAGMENT)).text
    assert "Leather Products" in page and "division: Agra" in page and "added on 11.05.2025, News" in page
    assert "No district" in (await rekha.get("/ask/districts?q=xyz", headers=FRAGMENT)).text


@pytest.mark.parametrize("path", ["/ask/found", "/ask/entry"])
async def test_while_the_service_is_away_a_sentence_says_so_beside_the_old_answer(
    rekha: Browser, desk: Desk, path: str
) -> None:
    desk.away = True
    answer = await fragment(rekha, path, text="papers", entry="papers")
    assert answer.status_code == 503
    assert answer.headers["HX-Retarget"] == "#notice"
    assert "The answer service is not reachable" in answer.text


async def test_script_is_shown_as_text_wherever_it_comes_from(rekha: Browser) -> None:
    pages = [
        await rekha.post("/ask", text=SCRIPT),
        await rekha.get("/ask/districts", params={"q": SCRIPT}),
        await rekha.post("/ask/eligibility/margin_money", age=SCRIPT, project_cost=SCRIPT),
    ]
    for page in pages:
        assert page.status_code == 200 and "alert(1)" in page.text
        assert SCRIPT not in page.text


async def test_the_form_has_every_field_and_the_verdict_follows_it(rekha: Browser) -> None:
    page = (await rekha.get("/ask/eligibility")).text
    assert "उम्र कितनी है?" in page and "How old?" in page and "More is needed" in page
    first = (await fragment(rekha, "/ask/eligibility/margin_money/verdict", age="30", caller_language="en")).text
    assert "Seems eligible" in first and "✓ met" in first
    assert "25% = ₹2,50,000" not in first
    more = await fragment(rekha, "/ask/eligibility/margin_money/verdict", age="३०", project_cost="₹10,00,000")
    assert "25% = ₹2,50,000 मदद" in more.text


async def test_the_next_question_is_named_and_leads_to_its_field(rekha: Browser) -> None:
    page = (await fragment(rekha, "/ask/eligibility/margin_money/verdict")).text
    assert "Ask this next:" in page and 'href="#f-age"' in page


@pytest.mark.parametrize("age", ["thirty", "999", "-1"])
async def test_an_answer_that_cannot_be_is_named_and_the_rest_counts(rekha: Browser, age: str) -> None:
    page = (await fragment(rekha, "/ask/eligibility/margin_money/verdict", age=age, project_cost="100")).text
    assert "This answer was left out" in page and "How old?" in page
    assert "25%" in page


def test_what_the_caller_does_not_know_is_not_asked_again() -> None:
    filled = read([{"name": "age", "kind": "number"}, {"name": "own", "kind": "yes_no"}], {"age": "?", "own": "no"})
    assert (filled.refused, filled.facts, filled.wrong) == (["age"], {"own": False}, [])


STATUS = {"number": NUMBER, "scheme": "margin_money", "district": "agra", "ending": "42", "reason": "asks"}


async def test_the_status_is_told_in_both_languages_once_all_points_agree(rekha: Browser, staff: Staff) -> None:
    page = (await fragment(rekha, "/ask/status", **STATUS)).text
    assert "आवेदन जमा" in page and "Application submitted" in page
    ((login, action, subject, reason), *_) = notes(staff)
    assert (login, action, reason) == ("rekha", "status_shown", "asks")
    assert "001234" not in subject and re.fullmatch(r"application [0-9a-f]{12}", subject)


@pytest.mark.parametrize(
    "wrong", [{"ending": "43"}, {"district": "banda"}, {"scheme": "mda"}, {"number": "ODOP/MM/26/009999"}]
)
async def test_nothing_is_told_where_a_point_differs_and_unknown_is_told_alike(
    rekha: Browser, staff: Staff, wrong: dict[str, str]
) -> None:
    page = (await fragment(rekha, "/ask/status", **(STATUS | wrong))).text
    assert "These points fit no application" in page
    assert "submitted" not in page
    assert notes(staff)[0][1] == "status_refused"


async def test_a_status_needs_its_reason_two_digits_and_a_number(rekha: Browser) -> None:
    assert (await fragment(rekha, "/ask/status", **(STATUS | {"reason": ""}))).status_code == 422
    assert "last two digits" in (await fragment(rekha, "/ask/status", **(STATUS | {"ending": "4x"}))).text
    assert "application number" in (await fragment(rekha, "/ask/status", **(STATUS | {"number": "nonsense"}))).text


async def test_an_editor_reads_answers_but_neither_sends_nor_sees_applications(staff: Staff) -> None:
    editor = await staff("editor")
    assert "Send by SMS" not in (await fragment(editor, "/ask/found", text="which papers")).text
    assert (await editor.get("/ask/status")).status_code == 403
    assert (
        await fragment(editor, "/ask/send", kind="entry", value="papers", number="9876501234", way="sms")
    ).status_code == 403


SEND = {"kind": "entry", "value": "papers", "number": "98765 01234", "way": "sms", "send_language": "hi"}


async def agreed(browser: Browser, **fields: str) -> httpx.Response:
    """Looks first, then sends."""
    check = await fragment(browser, "/ask/send", **fields)
    assert check.status_code == 200, check.text
    once = re.search(r'name="once" value="([0-9a-f]{32})"', check.text)
    assert once
    return await fragment(browser, "/ask/send", **fields, once=once[1])


async def test_a_text_is_shown_before_it_is_sent(rekha: Browser, staff: Staff) -> None:
    texts = staff.app.state.delivery = Texts()
    page = (await fragment(rekha, "/ask/send", **SEND)).text
    assert "This SMS goes to +919876501234:" in page and "लोन के काग़ज़, छोटा" in page and "SMS parts: 1" in page
    assert texts.sent == {}


async def test_agreed_to_it_is_sent_short_by_sms_and_written_down(rekha: Browser, staff: Staff) -> None:
    texts = staff.app.state.delivery = Texts()
    assert "On its way to +919876501234" in (await agreed(rekha, **SEND)).text
    assert list(texts.sent.values()) == [("+919876501234", "लोन के काग़ज़, छोटा")]
    assert notes(staff)[0] == ("rekha", "answer_sent", "entry papers", "sms hi")


async def test_agreed_to_twice_it_bears_one_name(rekha: Browser, staff: Staff) -> None:
    texts = staff.app.state.delivery = Texts()
    for _ in range(2):
        await fragment(rekha, "/ask/send", **SEND, once="a" * 32)
    assert len(texts.sent) == 1


async def test_whatsapp_gets_the_whole_answer(rekha: Browser, staff: Staff) -> None:
    texts = staff.app.state.delivery = Texts()
    await agreed(rekha, **(SEND | {"way": "whatsapp", "send_language": "en"}))
    ((to, text),) = texts.sent.values()
    assert to == "whatsapp:+919876501234" and text.startswith("Papers for the loan: Aadhaar")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"number": "9876501230"}, "has asked for no messages"),
        ({"number": "9876501231", "way": "whatsapp"}, "24 hours"),
    ],
)
async def test_what_may_not_be_sent_is_said(
    rekha: Browser, staff: Staff, fields: dict[str, str], sentence: str
) -> None:
    staff.app.state.delivery = Texts()
    assert sentence in (await agreed(rekha, **(SEND | fields))).text


@pytest.mark.parametrize("number", ["12345", "1800-1800-888", "+44 20 7946 0958", ""])
async def test_what_is_no_mobile_is_refused_before_anything(rekha: Browser, staff: Staff, number: str) -> None:
    staff.app.state.delivery = Texts()
    assert (await fragment(rekha, "/ask/send", **(SEND | {"number": number}))).status_code == 422


async def test_where_nobody_carries_messages_that_is_said(rekha: Browser) -> None:
    assert "Sending SMS is not set up here." in (await fragment(rekha, "/ask/send", **SEND)).text


async def test_a_verdict_is_sent_as_it_stands_over_the_form(rekha: Browser, staff: Staff) -> None:
    texts = staff.app.state.delivery = Texts()
    await agreed(rekha, **(SEND | {"kind": "verdict", "value": "margin_money", "send_language": "en"}), age="30")
    assert list(texts.sent.values()) == [("+919876501234", "verdict short")]


async def test_who_never_wrote_who_wants_none_and_who_wrote_long_ago_get_nothing(staff: Staff) -> None:
    vault, now = vault_of(settings()), current_time()
    address = Address("whatsapp", "+919876501234")
    with staff.database.writing() as connection:

        def tried(template: bool = False) -> str:
            return to_known(connection, vault, address, "text", "one name", now, template)

        assert tried() == "unknown"
        row = met(connection, vault, address, "whatsapp:+15005550006", now)
        change(connection, row.id, last_inbound_at=now.replace(year=now.year - 1))
        assert tried() == "window_closed"
        assert tried(template=True) == "taken"
        change(connection, row.id, last_inbound_at=now)
        assert tried() == "taken"
        change(connection, row.id, state="opted_out")
        assert tried() == "opted_out"
        assert len(connection.execute(select(OutboundRow.id)).all()) == 1
