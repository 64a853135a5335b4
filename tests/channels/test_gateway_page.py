"""The page in a real browser, where one is installed: chat, channels, keyboard, narrow screens, failures."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from gateway_settings import settings
from served import CHROMIUM, Served

from channels.app import create_app
from channels.fake_bot import ENGLISH, HINDI, FakeBot
from channels.settings import PLACEHOLDER

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def fake() -> FakeBot:
    return FakeBot()


@pytest.fixture(scope="module")
def address(fake: FakeBot) -> Iterator[str]:
    bot = Served(fake.app)
    gateway = Served(create_app(settings(bot_url=bot.url, bot_timeout_seconds=5)))
    yield gateway.url
    gateway.stop()
    bot.stop()


@pytest.fixture
def page(browser: Any, address: str, fake: FakeBot) -> Iterator[Any]:
    """A fresh tab, 320 pixels wide, that must not call anybody else or complain."""
    fake.mode, fake.replies = "well", None
    context = browser.new_context(viewport={"width": 320, "height": 600}, reduced_motion="reduce")
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    elsewhere: list[str] = []
    tab.on("request", lambda request: request.url.startswith(address) or elsewhere.append(request.url))
    tab.on("pageerror", lambda error: elsewhere.append(str(error)))
    tab.goto(address)
    yield tab
    context.close()
    assert not elsewhere


def ask(page: Any, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.keyboard.press("Enter")


def test_a_suggestion_is_answered_with_language_sources_and_buttons(page: Any) -> None:
    page.get_by_role("button", name="बाँदा का उत्पाद क्या है?").click()
    reply = page.locator(".reply")
    assert reply.locator(".words").inner_text() == HINDI["text"]
    assert reply.locator(".bubble").get_attribute("lang") == "hi"
    assert reply.locator(".language").inner_text() == "हिन्दी"
    assert reply.locator("time").first.inner_text().endswith("15 जुलाई 2025")
    assert reply.locator(".chip").count() == 3


def test_a_button_sends_its_payload_and_shows_its_title(page: Any, fake: FakeBot) -> None:
    ask(page, "documents")
    page.locator(".reply .chip").first.click()
    page.locator(".reply").nth(1).wait_for()
    assert fake.asked[-1]["text"] == "entry:margin-money-apply"
    assert page.locator(".mine .words").last.inner_text() == "How do I apply?"


def test_an_answer_can_be_marked_and_stays_marked_after_a_reload(page: Any) -> None:
    ask(page, "documents")
    page.get_by_role("button", name="No, it did not help").click()
    assert page.locator(".marks .thanks", has_text="Thank you").inner_text() == "Thank you"
    page.reload()
    page.locator(".reply .marks").wait_for()
    pressed = page.locator(".marks [aria-pressed=true]")
    assert [each.get_attribute("data-mark") for each in pressed.all()] == ["down"]


def test_what_is_no_answer_has_nothing_to_mark(page: Any, fake: FakeBot) -> None:
    fake.replies = [{"text": "Sorry.", "language": "en", "outcome": "not_understood"}]
    ask(page, "stars")
    page.locator(".reply").wait_for()
    assert page.locator(".marks").count() == 0


def test_the_switch_shows_the_same_answer_as_each_channel(page: Any) -> None:
    ask(page, "लोन")
    page.locator(".reply").wait_for()
    for name, expected in (("WhatsApp", "1. आवेदन"), ("SMS", "2 segments"), ("Voice", "एक आठ शून्य")):
        page.get_by_role("radio", name=name).check()
        page.locator(".bot", has_text=expected).wait_for()
    page.get_by_role("radio", name="Web").check()
    page.locator(".reply .chip").first.wait_for()


def test_the_whole_page_works_by_keyboard(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text().startswith("सवाल लिखें")
    page.keyboard.press("Enter")
    page.keyboard.type("loan")
    page.keyboard.press("Enter")
    page.locator(".reply").wait_for()
    page.get_by_role("radio", name="Web").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="WhatsApp").is_checked()


def test_nothing_is_wider_than_a_narrow_phone(page: Any, fake: FakeBot) -> None:
    fake.replies = [ENGLISH | {"text": "x" * 300}]
    ask(page, "y" * 200)
    page.locator(".reply").wait_for()
    for selector in ("html", "#scroll"):
        box = page.locator(selector)
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth"), selector


def test_markup_in_an_answer_is_shown_as_text(page: Any, fake: FakeBot) -> None:
    fake.replies = [ENGLISH | {"text": "<img src=x onerror=alert(1)><b>bold</b>"}]
    ask(page, "<script>alert(1)</script>")
    assert "<b>bold</b>" in page.locator(".reply .words").inner_text()
    assert page.locator(".mine .words").inner_text() == "<script>alert(1)</script>"


def test_our_own_letters_can_be_opened_and_nobody_elses(page: Any, fake: FakeBot, address: str) -> None:
    path = f"/letters/{'Ab_-' * 10}xyz.pdf"
    others = [f"https://odop.example{path}", f"javascript:{path}", f"{address}/letters/short.pdf", "http:///<b>"]
    fake.replies = [ENGLISH | {"text": "\n".join([f"Here: {address}{path}.", *others])}]
    ask(page, "letter")
    page.locator(".reply").wait_for()
    links = page.locator(".reply .words a")
    assert links.count() == 1
    assert links.first.get_attribute("href") == f"{address}{path}"
    assert links.first.get_attribute("rel") == "noopener noreferrer"
    assert all(line in page.locator(".reply .words").inner_text() for line in others)


def test_a_failing_network_shows_the_helpline_and_a_way_to_try_again(page: Any) -> None:
    page.route("**/messages", lambda route: route.abort())
    ask(page, "लोन")
    failed = page.locator(".failed")
    failed.wait_for()
    assert "टोल-फ़्री हेल्पलाइन" in failed.inner_text()
    assert failed.locator("a").get_attribute("href") == "tel:18001800888"
    page.unroute("**/messages")
    failed.get_by_role("button").click()
    page.locator(".reply").wait_for()
    assert page.locator(".failed").count() == 0
    assert page.locator(".mine").count() == 1


def test_a_conversation_survives_reload_until_a_new_one_is_begun(page: Any, fake: FakeBot) -> None:
    ask(page, "loan")
    page.locator(".reply").wait_for()
    first = fake.asked[-1]["sender"]
    page.reload()
    page.locator(".reply").wait_for()
    page.locator("#fresh").click()
    assert page.locator(".log li").count() == 0
    ask(page, "loan")
    page.locator(".reply").wait_for()
    assert fake.asked[-1]["sender"] != first


# ---- a person of the helpline


def staff(address: str, path: str = "", **body: str) -> Any:
    url = f"{address}/api/v1/staff/handovers{path}"
    headers = {"Authorization": f"Bearer {PLACEHOLDER}"}
    response = httpx.post(url, json=body, headers=headers) if body else httpx.get(url, headers=headers)
    assert response.status_code == 200, response.text
    return response.json()


def waiting(address: str) -> str:
    """The path of the handover that was asked for last."""
    return f"/{max(each['id'] for each in staff(address)['handovers'])}"


def polls_of(page: Any) -> list[str]:
    polls: list[str] = []
    page.on("request", lambda request: polls.append(request.url) if "messages?" in request.url else None)
    return polls


def test_a_person_speaks_in_the_page_and_gives_the_conversation_back(page: Any, address: str, fake: FakeBot) -> None:
    ask(page, "person:")
    banner = page.locator("#person")
    banner.wait_for()
    assert banner.inner_text().startswith("आपकी बात हेल्पलाइन को भेज दी गई है")
    path = waiting(address)
    staff(address, path + "/take", staff="Rekha")
    staff(address, path + "/messages", staff="Rekha", text="नमस्ते, <b>बताइए</b>")
    spoken = page.locator("[data-speaker=staff]")
    spoken.wait_for()
    assert spoken.locator(".speaker").inner_text() == "हेल्पलाइन से"
    assert spoken.locator(".words").inner_text() == "नमस्ते, <b>बताइए</b>"
    page.locator("#person", has_text="एक व्यक्ति आपसे बात कर रहे हैं").wait_for()

    asked, replies = len(fake.asked), page.locator(".reply").count()
    with page.expect_response("**/api/v1/messages"):
        ask(page, "लोन अटका है")
    page.locator("#send:not([aria-disabled=true])").wait_for()
    assert (len(fake.asked), page.locator(".reply").count()) == (asked, replies)
    assert staff(address, path)["messages"][-1]["text"] == "लोन अटका है"

    staff(address, path + "/return", staff="Rekha")
    ask(page, "लोन")
    page.locator(".reply", has_text=HINDI["text"]).wait_for()
    assert page.locator("[data-speaker=system]").count() == 1
    assert not banner.is_visible()


def test_what_a_person_wrote_survives_reload_and_is_drawn_once(page: Any, address: str) -> None:
    ask(page, "person:")
    page.locator("#person").wait_for()
    path = waiting(address)
    staff(address, path + "/take", staff="Rekha")
    staff(address, path + "/messages", staff="Rekha", text="एक")
    page.locator("[data-speaker=staff]").wait_for()
    page.reload()
    staff(address, path + "/messages", staff="Rekha", text="दो")
    page.locator("[data-speaker=staff]", has_text="दो").wait_for()
    assert page.locator("[data-speaker=staff] .words").all_inner_texts() == ["एक", "दो"]
    staff(address, path + "/close", staff="Rekha", reason="done")
    page.locator("[data-speaker=system]").wait_for()
    page.locator("#person").wait_for(state="hidden")


def test_nothing_is_polled_while_nobody_was_asked_for(page: Any) -> None:
    polls = polls_of(page)
    page.clock.install()
    ask(page, "loan")
    page.locator(".reply").wait_for()
    page.clock.fast_forward(60_000)
    assert page.locator("#person").is_hidden()
    assert polls == []


def test_the_page_goes_on_when_polling_fails(page: Any) -> None:
    page.route("**/messages?*", lambda route: route.abort())
    polls = polls_of(page)
    page.clock.install()
    ask(page, "person:")
    page.locator("#person").wait_for()
    for count in (1, 2):
        with page.expect_event("requestfailed"):
            page.clock.fast_forward(5_000)
        assert len(polls) == count
    ask(page, "लोन")
    page.locator(".reply", has_text=HINDI["text"]).wait_for()
