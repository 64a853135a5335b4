"""The console in a real browser: two members of staff and one user at once, live, by keyboard, legible for all."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from gateway_settings import settings
from served import CHROMIUM, Served
from staffed import PASSWORD, add_people

from channels.app import create_app
from channels.fake_bot import FakeBot

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")
NUMBER = "9876543210"
SAID = [
    {"speaker": "user", "text": f"mera lon mana kar diya, {NUMBER}", "at": 1.0, "outcome": None},
    {"speaker": "bot", "text": "पहले बैंक से कारण लिखित में माँगिए।", "at": 2.0, "outcome": "answered"},
]


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[str, Any]]:
    fake = FakeBot()
    fake.said = SAID
    bot = Served(fake.app)
    app = create_app(settings(bot_url=bot.url, actions_url=bot.url, bot_timeout_seconds=5))
    add_people(app.state.handovers.database)
    gateway = Served(app)
    yield gateway.url, app
    gateway.stop()
    bot.stop()


Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, site: tuple[str, Any]) -> Iterator[Open]:
    """`opened("rekha", "hi", 320)`: a tab of somebody logged in. It calls nobody else and complains of nothing."""
    contexts, wrong = [], []

    def tab(login: str, language: str = "en", width: int = 1280, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda request: request.url.startswith(site[0]) or wrong.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: "Content Security" in line.text and wrong.append(line.text))
        page.goto(site[0] + "/console/login")
        page.locator("[name=login]").fill(login)
        page.locator("[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "login" not in url)
        if page.locator("html").get_attribute("lang") != language:
            page.locator(f"[name=language][value={language}]").click()
            page.locator(f"html[lang={language}]").wait_for()
        return page

    yield tab
    for each in contexts:
        each.close()
    assert not wrong


@pytest.fixture
def user(site: tuple[str, Any]) -> Iterator[Callable[[str, str], Any]]:
    """`user(session, text)` writes as a user of the website, and gives the answer."""
    with httpx.Client(base_url=site[0]) as client:

        def say(session: str, text: str) -> Any:
            answer = client.post("/api/v1/messages", json={"session_id": session, "text": text})
            return answer.raise_for_status().json()

        yield say


def test_two_staff_and_one_user_at_once_each_sees_what_the_others_do(
    opened: Open, user: Callable[[str, str], Any]
) -> None:
    rekha, imran = opened("rekha"), opened("imran", "hi")
    user("two-staff", "person:")
    for page in (rekha, imran):
        page.locator("#queue .item").last.click()
    rekha.get_by_role("button", name="Take the conversation").click()
    # Imran's page learns of it by itself, and offers nothing that would be refused.
    imran.get_by_text("यह बातचीत Rekha के पास है").wait_for()
    imran.get_by_role("button", name="बातचीत लें").wait_for(state="detached")
    rekha.get_by_role("textbox", name="Reply", exact=True).fill("Which bank?")
    rekha.get_by_role("button", name="Send").click()
    imran.locator(".said.staff").get_by_text("Which bank?").wait_for()
    assert rekha.get_by_role("textbox", name="Reply", exact=True).input_value() == ""
    rekha.get_by_role("textbox", name="Reply", exact=True).fill("half a sen")
    assert [each["text"] for each in user("two-staff", f"SBI, call {NUMBER}")["replies"]] == ["Which bank?"]
    for page, hidden in ((rekha, "mobile"), (imran, "मोबाइल नंबर")):
        page.locator(".said.user").get_by_text(f"SBI, call [{hidden}]").wait_for()
    assert rekha.get_by_role("textbox", name="Reply", exact=True).input_value() == "half a sen"


def test_after_a_reload_and_a_broken_line_the_page_goes_on(opened: Open, user: Callable[[str, str], Any]) -> None:
    page = take(opened("rekha"), user, "reload")
    page.reload()
    page.get_by_text("You have this conversation.").wait_for()
    page.context.set_offline(True)
    page.get_by_role("textbox", name="Reply", exact=True).fill("Are you there?")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("The server does not answer. What you wrote is still here").wait_for()
    user("reload", "I wrote while you were away")
    page.context.set_offline(False)
    page.get_by_text("I wrote while you were away").wait_for(timeout=40_000)
    page.get_by_role("button", name="Send").click()
    page.locator(".said.staff").get_by_text("Are you there?").wait_for()


def test_in_hindi_and_by_keyboard_alone_a_conversation_is_taken_answered_and_closed(
    opened: Open, user: Callable[[str, str], Any]
) -> None:
    page = opened("imran", "hi", 320)
    user("keyboard", "person:")
    page.reload()
    focus(page, "#queue li:last-child .item")
    page.keyboard.press("Enter")
    page.wait_for_url("**/conversations/*")
    focus(page, "#desk button")
    page.keyboard.press("Enter")
    page.get_by_text("यह बातचीत आपके पास है।").wait_for()
    focus(page, "#reply")
    page.keyboard.type("आप किस ज़िले से हैं?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".said.staff").get_by_text("आप किस ज़िले से हैं?").wait_for()
    focus(page, "#desk details.card summary")
    page.keyboard.press("Enter")
    focus(page, "#desk [name=choice]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("बातचीत बंद हो गई।").wait_for()
    assert user("keyboard", "hello")["replies"][0]["text"] == "आप किस ज़िले से हैं?"


def test_a_ready_reply_comes_into_the_field_and_hidden_numbers_show_for_a_reason(
    opened: Open, user: Callable[[str, str], Any]
) -> None:
    page = take(opened("rekha"), user, "ready")
    page.get_by_text("Ready replies").click()
    page.get_by_role("button", name="Use: Hinglish: Ask district").click()
    assert page.get_by_role("textbox", name="Reply", exact=True).input_value().startswith("Aap kis zile se")
    user("ready", f"phone {NUMBER}")
    page.locator(".said.user").get_by_text("phone [mobile]").wait_for()
    page.get_by_text("Show hidden numbers").click()
    page.get_by_label("What you need it for").select_option("call_back")
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator(".revealed").get_by_text(NUMBER).wait_for()
    page.get_by_text("What was said with the assistant before").click()
    page.locator(".before").get_by_text("answered").wait_for()
    page.get_by_text("Suggested replies").click()
    page.get_by_text("No suggestion.").wait_for()


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_can_be_used_by_everybody(
    opened: Open, user: Callable[[str, str], Any], site: tuple[str, Any], language: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened("admin", language, width, bypass_csp=True)  # axe is put into the page
    session = f"axe-{language}-{width}"
    user(session, "person:")
    page.goto(site[0] + "/console/conversations")
    page.locator("#queue .item").last.click()
    conversation = page.url
    page.locator("#desk button").first.click()
    user(session, f"phone {NUMBER}")
    page.locator(".said.user").wait_for()
    paths = ["conversations", "conversations/over", "accounts", "audit", "switches", "switches/sms"]
    paths += ["account/password", "nothing-here"]
    for address in (conversation, *(f"{site[0]}/console/{path}" for path in paths)):
        page.goto(address)
        picture(page, f"{language}-{width}-{address.rpartition('console/')[2].replace('/', '-')}")
        for each in page.locator("details").all():
            each.evaluate("each => each.open = true")
        found = axe.run(page)
        assert found.violations_count == 0, address + found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.get_by_role("link").first.wait_for()


def test_without_javascript_a_channel_is_switched_off_after_a_look_and_on_again(
    opened: Open, site: tuple[str, Any]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page, other = opened("admin", java_script_enabled=False), opened("admin", bypass_csp=True)
    page.goto(site[0] + "/console/switches")
    page.get_by_role("link", name="Switch SMS off").click()
    page.get_by_label("Reason").fill("repairs")
    page.get_by_label("Sentence: English").fill("Back at ten.")
    page.get_by_role("button", name="Preview").click()
    picture(page, "switches-preview")
    page.get_by_role("button", name="Switch SMS off now").click()
    page.get_by_text("The channel is off.").wait_for()
    other.goto(site[0] + "/console/switches")
    other.get_by_text("Back at ten.").wait_for()
    picture(other, "switches-off")
    assert axe.run(other).violations_count == 0
    page.get_by_role("button", name="Switch SMS on").click()
    page.get_by_text("The channel is on.").wait_for()


def picture(page: Any, name: str) -> None:
    """To look at, where CONSOLE_PICTURES names a folder."""
    if folder := os.environ.get("CONSOLE_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def take(page: Any, user: Callable[[str, str], Any], session: str) -> Any:
    user(session, "person:")
    page.reload()
    page.locator("#queue .item").last.click()
    page.get_by_role("button", name="Take the conversation").click()
    page.get_by_text("You have this conversation.").wait_for()
    return page


def focus(page: Any, wanted: str) -> None:
    """Tab, until it is there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"no way to {wanted} by keyboard")


def test_whose_conversation_is_taken_over_sees_it_at_once_and_keeps_what_was_begun(
    opened: Open, user: Callable[[str, str], Any]
) -> None:
    user("taken-over", "person:")
    rekha, supervisor = opened("rekha"), opened("supervisor")
    for page in (rekha, supervisor):
        page.locator("#queue .item").last.click()
    rekha.get_by_role("button", name="Take the conversation").click()
    rekha.locator("#reply").fill("half a sen")
    supervisor.get_by_text("Take over from a colleague").click()
    supervisor.get_by_label("Why you take over").fill("she is ill")
    supervisor.get_by_role("button", name="Take over from Rekha").click()
    supervisor.locator("#reply").wait_for()
    rekha.get_by_text("Supervisor has this conversation").wait_for()
    assert rekha.locator("#reply").count() == 0
    assert rekha.locator("#note").input_value() == "half a sen"
