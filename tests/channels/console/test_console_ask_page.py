"""Asking for a caller in a real browser: by keyboard only, in Hindi and English, with a service that goes away."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from desk_stub import SCRIPT, Desk
from gateway_settings import settings
from served import CHROMIUM, Served
from staffed import PASSWORD, add_people

from channels.app import create_app

pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")
DESK = Desk()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = create_app(settings(), httpx.MockTransport(DESK))
    add_people(app.state.handovers.database)
    gateway = Served(app)
    yield gateway.url
    gateway.stop()


@pytest.fixture(scope="module")
def logged_in(browser: Any, address: str) -> dict[str, Any]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/console/login")
    page.locator("[name=login]").fill("rekha")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)
    state: dict[str, Any] = context.storage_state()
    context.close()
    return state


@pytest.fixture(params=[1280, 320])
def page(request: pytest.FixtureRequest, browser: Any, address: str, logged_in: dict[str, Any]) -> Iterator[Any]:
    """Calls nobody else and raises no error."""
    DESK.away = False
    size = {"width": request.param, "height": 800}
    context = browser.new_context(viewport=size, storage_state=logged_in, reduced_motion="reduce", base_url=address)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    tab = context.new_page()
    tab.set_default_timeout(20_000)
    wrong: list[str] = []
    tab.on("request", lambda sent: sent.url.startswith(address) or wrong.append(sent.url))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("dialog", lambda dialog: wrong.append("a script ran"))
    yield tab
    context.close()
    assert not wrong


def asked(page: Any, text: str, answer: str) -> None:
    page.goto("/console/ask")
    page.keyboard.type(text)
    page.locator("#answer", has_text=answer).wait_for()


def is_clean(page: Any) -> bool:
    found = axe.Axe().run(page)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert found.violations_count == 0, found.generate_report()
    return not wide


def test_by_keyboard_alone_a_question_is_typed_and_another_is_opened(page: Any) -> None:
    asked(page, "which papers", "Papers for the loan: Aadhaar")
    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("combobox").get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.locator("#answer", has_text="How to apply: Aadhaar").wait_for()
    assert page.evaluate("document.activeElement.id") == "question"
    assert is_clean(page)


def test_a_late_search_takes_neither_the_choice_nor_the_opened_answer_away(page: Any) -> None:
    asked(page, "which papers", "Papers for the loan: Aadhaar")
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/console/ask/found"):
        page.keyboard.type(" please")
    page.locator("#options [aria-selected=true]", has_text="How to apply").wait_for()
    page.keyboard.type(" now")
    page.keyboard.press("Enter")
    page.locator("#answer", has_text="How to apply: Aadhaar").wait_for()
    page.wait_for_timeout(600)  # the search for the last words would have come by now
    assert page.locator("#answer", has_text="How to apply: Aadhaar").is_visible()


def test_both_languages_stand_there_and_hinglish_when_wanted(page: Any) -> None:
    asked(page, "कागज", "लोन के काग़ज़: आधार")
    sides = page.locator("#answer .sides").first
    assert sides.locator("[lang=hi]").is_visible() and sides.locator("[lang=en]").is_visible()
    assert not sides.locator(".latin").is_visible()
    page.get_by_label("Show Hinglish too").check()
    assert sides.locator(".latin").is_visible()
    assert is_clean(page)


def test_the_short_form_is_copied(page: Any) -> None:
    asked(page, "which papers", "Papers for the loan")
    page.get_by_role("button", name="Copy for chat: Hindi").click()
    page.locator(".copy-note", has_text="Copied").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "लोन के काग़ज़, छोटा"


def test_the_old_answer_stays_while_the_service_is_away(page: Any) -> None:
    asked(page, "which papers", "Papers for the loan")
    DESK.away = True
    page.keyboard.type(" and more")
    page.locator("#notice", has_text="The answer service is not reachable").wait_for()
    assert page.locator("#answer", has_text="Papers for the loan").is_visible()


def test_script_in_a_question_or_an_answer_stays_text(page: Any) -> None:
    asked(page, SCRIPT, SCRIPT)
    assert page.locator("script:not([src])").count() == 0


def test_the_verdict_follows_the_form_and_the_focus_stays(page: Any) -> None:
    page.goto("/console/ask/eligibility")
    page.get_by_label("How old?").fill("16")
    page.locator("#verdict", has_text="Does not seem eligible").wait_for()
    page.get_by_label("How old?").fill("30")
    page.locator("#verdict", has_text="Seems eligible").wait_for()
    assert page.evaluate("document.activeElement.id") == "f-age"
    page.get_by_label("Total cost?").fill("10,00,000")
    page.get_by_role("row", name="25% = ₹2,50,000").wait_for()
    assert is_clean(page)


def test_the_status_opens_after_every_point_agrees(page: Any) -> None:
    page.goto("/console/ask/status")
    page.get_by_label("Application number").fill("ODOP/MM/26/001234")
    page.get_by_label("Which scheme").select_option("margin_money")
    page.get_by_label("From which district").select_option("agra")
    page.get_by_label("Why you look it up").select_option("asks")
    for ending, told in (("43", "These points fit no application"), ("42", "Application submitted")):
        page.get_by_label("Last two digits").fill(ending)
        page.keyboard.press("Enter")
        page.locator("#record", has_text=told).wait_for()
        assert "001234" not in page.url
    assert is_clean(page)


def test_every_page_is_there_in_hindi_too(page: Any) -> None:
    asked(page, "which papers", "Papers for the loan")
    page.get_by_role("button", name="हिन्दी").click()
    page.get_by_role("link", name="आवेदन की स्थिति").wait_for()
    for path in ("", "/districts", "/eligibility", "/status"):
        page.goto(f"/console/ask{path}")
        assert page.locator("html").get_attribute("lang") == "hi"
        assert is_clean(page)
    page.get_by_role("button", name="English").click()
    page.get_by_role("link", name="Application status").wait_for()
