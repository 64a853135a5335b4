"""An officer changes an answer in a real browser, in Hindi and in English; axe finds nothing."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from content_site import ENTRY, TOKEN, actions
from gateway_settings import settings
from served import CHROMIUM, Served
from staffed import HASHED, PASSWORD, add_people

from actions.content.form import read
from actions.content.service import Opened
from channels.app import create_app
from channels.console.accounts import people

pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")
# By the interface's language: who writes, the code of the field, its name, its new text, and the buttons.
OFFICERS = {
    "en": ("editor", "en", "Please call us, we answer.", "Save and send for approval", "All is in order."),
    "hi": ("second", "hi", "हमें फ़ोन कीजिए, हम बताएँगे।", "सहेजकर मंज़ूरी के लिए भेजें", "सब ठीक है।"),
}


@pytest.fixture
def site() -> Iterator[tuple[str, Opened]]:
    with tempfile.TemporaryDirectory() as folder, actions(Path(folder)) as (served, opened):
        service = Served(served)
        app = create_app(settings(bot_token=TOKEN, actions_url=service.url, bot_timeout_seconds=30))
        database = app.state.handovers.database
        add_people(database)
        with database.writing() as connection:
            people.add(connection, "second", "Second", "editor", HASHED, language="hi")
        gateway = Served(app)
        yield gateway.url, opened
        gateway.stop()
        service.stop()


@pytest.mark.parametrize("language", OFFICERS)
def test_an_answer_is_edited_checked_as_one_types_and_sent(
    browser: Any, site: tuple[str, Opened], language: str
) -> None:
    address, opened = site
    login, code, text, send, in_order = OFFICERS[language]
    context = browser.new_context(viewport={"width": 320, "height": 700}, bypass_csp=True)  # axe is put into the page
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/console/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto(f"{address}/console/content?text=helpline")
    assert axe.Axe().run(page).violations_count == 0
    page.goto(f"{address}/console/content/{ENTRY}")
    page.locator("#checked .done").wait_for()
    page.locator(f"#f-answer-{code}").fill(text)
    page.locator("#checked .bubble", has_text=text).first.wait_for()
    assert in_order in page.locator("#checked").inner_text()
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name=send).click()
    page.wait_for_url("**/content/**done=content_proposed")
    (proposed,) = opened.versions.open_ones()
    sent, before = read(proposed.text), opened.desk.see(ENTRY)["current"] or {}
    assert sent["answer"][code] == text
    assert {**sent, "answer": {}} == {**before, "answer": {}}, "nothing else has changed on the way"
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()
