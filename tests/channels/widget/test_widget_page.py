"""The widget on the page of another site, in a real browser, where one is installed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from gateway_settings import settings
from host_site import host_site
from served import CHROMIUM, Served

from channels.app import create_app
from channels.fake_bot import ENGLISH, HINDI, FakeBot
from channels.settings import PLACEHOLDER
from channels.widget.bundle import words

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")

WORDS = words()
OPEN = {"Access-Control-Allow-Origin": "*"}
LARGEST = 25 * 1024
STAFF = "/api/v1/staff/handovers"


@pytest.fixture(scope="module")
def fake() -> FakeBot:
    return FakeBot()


@pytest.fixture(scope="module")
def helpline(fake: FakeBot) -> Iterator[str]:
    bot = Served(fake.app)
    limits = {"widget_address_a_minute": 10_000, "widget_messages_a_minute": 1000, "widget_polls_a_minute": 1000}
    gateway = Served(create_app(settings(bot_url=bot.url, bot_timeout_seconds=5, **limits)))
    yield gateway.url
    gateway.stop()
    bot.stop()


@pytest.fixture(scope="module")
def host(helpline: str) -> Iterator[str]:
    site = Served(host_site(helpline))
    yield site.url
    site.stop()


Open = Any


@pytest.fixture
def tab(browser: Any, helpline: str, host: str, fake: FakeBot) -> Iterator[Open]:
    """`tab("/hi", width=320)` is a fresh tab on the site; it must not call anybody else or complain."""
    fake.mode, fake.replies, fake.delay = "well", None, 0.0
    contexts: list[Any] = []
    wrong: list[str] = []

    def opened(path: str = "/hi", before: str = "", width: int = 1000, height: int = 800, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "request", lambda each: each.url.startswith((helpline, host, "data:", "blob:")) or wrong.append(each.url)
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if "Content Security" in line.text else None)
        if before:
            page.add_init_script(before)
        page.goto(host + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong


def start(page: Any) -> Any:
    """Opens the panel."""
    page.locator("odop-sahayak .launcher").click()
    page.locator(".panel").wait_for()
    return page


def ask(page: Any, text: str) -> None:
    page.locator(".panel textarea").fill(text)
    page.keyboard.press("Enter")


def said(page: Any) -> Any:
    return page.locator(".theirs .words")


# ---- a conversation


def test_a_hindi_page_greets_in_hindi_and_a_suggestion_is_answered_with_dated_sources(tab: Open) -> None:
    page = start(tab("/hi"))
    assert page.locator(".greeting").inner_text().startswith("नमस्ते!")
    assert page.locator(".panel").get_attribute("lang") == "hi"
    page.locator(".welcome .chip").first.click()
    said(page).first.wait_for()
    assert said(page).first.inner_text() == HINDI["text"]
    assert page.locator(".theirs .bubble").get_attribute("lang") == "hi"
    assert page.locator(".sources").inner_text().startswith("स्रोत")
    assert page.locator(".sources time").first.inner_text() == "15 जुलाई 2025"


def test_an_english_page_speaks_english_and_its_buttons_send_their_payload(tab: Open, fake: FakeBot) -> None:
    page = start(tab("/en"))
    assert page.locator(".greeting").inner_text().startswith("Hello!")
    ask(page, "documents")
    page.locator(".theirs .chip").first.click()
    said(page).nth(1).wait_for()
    assert fake.asked[-1]["text"] == "entry:margin-money-apply"
    assert page.locator(".mine .words").last.inner_text() == "How do I apply?"
    assert page.locator(".mine .words").last.get_attribute("lang") == "en"


def test_the_site_may_name_the_language_and_the_user_may_choose_another(tab: Open) -> None:
    page = start(tab("/en?lang=hi-Latn"))
    assert page.locator(".greeting").inner_text().startswith("Namaste!")
    page.locator(".panel textarea").fill("aadha likha")
    page.get_by_role("button", name=WORDS["menu"]["hi-Latn"]).click()
    page.get_by_label("हिन्दी").check()
    assert page.locator(".greeting").inner_text().startswith("नमस्ते!")
    assert page.locator(".panel textarea").input_value() == "aadha likha"
    page.reload()
    assert page.locator(".greeting").inner_text().startswith("नमस्ते!")


def test_script_in_an_answer_in_a_question_and_after_reload_is_shown_as_text(tab: Open, fake: FakeBot) -> None:
    attack = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    title = "<b>Source</b>"
    fake.replies = [
        ENGLISH | {"text": attack, "sources": [{"title": title, "as_of": "<i>", "url": "javascript:alert(1)"}]}
    ]
    page = start(tab("/en"))
    page.on("dialog", lambda dialog: pytest.fail("script ran"))
    ask(page, attack)
    said(page).wait_for()
    for _ in range(2):
        assert said(page).inner_text() == attack
        assert page.locator(".mine .words").inner_text() == attack
        assert page.locator(".sources li").inner_text() == f"{title} · <i>"
        assert page.locator(".log img, .log script, .log b, .sources a").count() == 0
        page.reload()
        said(page).wait_for()


def test_our_own_letters_can_be_opened_and_nobody_elses(tab: Open, fake: FakeBot, helpline: str) -> None:
    path = f"/letters/{'Ab_-' * 10}xyz.pdf"
    fake.replies = [ENGLISH | {"text": f"{helpline}{path} or https://evil.example{path}"}]
    page = start(tab("/en"))
    ask(page, "letter")
    letter = page.locator(".words a")
    letter.wait_for()
    assert letter.count() == 1
    assert letter.inner_text() == WORDS["letter"]["en"]
    assert letter.get_attribute("href") == helpline + path


# ---- without a connection


def test_what_is_written_offline_is_kept_through_a_reload_and_sent_once_in_order(tab: Open, fake: FakeBot) -> None:
    page = start(tab("/hi"))
    ask(page, "पहला")
    said(page).wait_for()
    asked = len(fake.asked)
    page.route("**/widget/**", lambda route: route.abort())
    ask(page, "दूसरा")
    ask(page, "तीसरा")
    page.locator(".mine .note", has_text=WORDS["kept"]["hi"]).first.wait_for()
    assert page.locator(".status").inner_text() in (WORDS["trouble"]["hi"], WORDS["offline"]["hi"])
    page.reload()
    page.locator(".mine").nth(2).wait_for()
    page.unroute("**/widget/**")
    page.evaluate("dispatchEvent(new Event('online'))")
    said(page).nth(2).wait_for()
    assert [each["text"] for each in fake.asked[asked:]] == ["दूसरा", "तीसरा"]
    assert page.locator(".mine .note").count() == 0


def test_an_answer_that_was_lost_on_the_way_is_asked_for_again_and_not_given_twice(tab: Open, fake: FakeBot) -> None:
    page = start(tab("/hi"))
    asked, lost = len(fake.asked), []

    def lose(route: Any) -> None:
        if lost or route.request.method != "POST":
            return route.continue_()
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/widget/messages", lose)
    ask(page, "लोन")
    page.locator(".again").click()
    said(page).wait_for()
    assert (lost, len(fake.asked) - asked, page.locator(".mine").count(), said(page).count()) == ([200], 1, 1, 1)


def test_a_refusal_for_haste_is_shown_as_it_is_told_and_the_message_goes_later(tab: Open) -> None:
    page = start(tab("/hi"))
    headers = OPEN | {"Retry-After": "1", "Access-Control-Expose-Headers": "Retry-After"}
    refusal = {"status": 429, "headers": headers, "json": {"detail": "कृपया रुकिए।"}}
    page.route("**/widget/messages", lambda route: route.fulfill(**refusal), times=1)
    ask(page, "लोन")
    page.locator(".status", has_text="कृपया रुकिए।").wait_for()
    said(page).wait_for()
    assert page.locator(".status").inner_text() == ""


def test_a_token_that_ran_out_is_renewed_without_a_word(tab: Open) -> None:
    page = start(tab("/hi"))
    page.route(
        "**/widget/messages",
        lambda route: route.fulfill(status=401, headers={"Access-Control-Allow-Origin": "*"}),
        times=1,
    )
    ask(page, "लोन")
    said(page).wait_for()
    assert page.locator(".mine .note").count() == 0


def test_a_site_that_is_not_allowed_is_shown_the_number_and_our_page(tab: Open, helpline: str) -> None:
    page = start(tab("/en"))
    page.route(
        "**/widget/session*", lambda route: route.fulfill(status=403, headers={"Access-Control-Allow-Origin": "*"})
    )
    ask(page, "loan")
    page.locator(".status", has_text="1800-1800-888").wait_for()
    assert page.locator(".status a").get_attribute("href") == helpline + "/"


def test_a_conversation_goes_on_after_reload_until_a_new_one_is_begun(tab: Open, fake: FakeBot) -> None:
    page = start(tab("/en"))
    ask(page, "loan")
    said(page).wait_for()
    page.reload()
    said(page).wait_for()
    ask(page, "loan")
    said(page).nth(1).wait_for()
    assert fake.asked[-1]["sender"] == fake.asked[-2]["sender"]
    page.get_by_role("button", name=WORDS["menu"]["en"]).click()
    page.get_by_role("button", name=WORDS["fresh"]["en"]).click()
    assert page.locator(".log li").count() == 0
    ask(page, "loan")
    said(page).wait_for()
    assert fake.asked[-1]["sender"] != fake.asked[-2]["sender"]


# ---- a person


def staff(helpline: str, path: str = "", **body: str) -> Any:
    headers = {"Authorization": f"Bearer {PLACEHOLDER}"}
    url = helpline + STAFF + path
    response = httpx.post(url, json=body, headers=headers) if body else httpx.get(url, headers=headers)
    assert response.status_code == 200, response.text
    return response.json()


def test_a_person_is_called_waited_for_in_a_queue_and_seen(tab: Open, helpline: str) -> None:
    before = start(tab("/hi"))
    before.get_by_role("button", name=WORDS["person"]["hi"]).first.click()
    before.locator(".person", has_text=WORDS["place_next"]["hi"]).wait_for()
    page = start(tab("/hi"))
    page.get_by_role("button", name=WORDS["person"]["hi"]).first.click()
    page.locator(".person", has_text="आपसे पहले 1 लोग हैं।").wait_for()
    first, second = (f"/{each['id']}" for each in staff(helpline)["handovers"])
    staff(helpline, first + "/close", staff="Rekha", reason="done")
    page.locator(".person", has_text=WORDS["place_next"]["hi"]).wait_for()
    staff(helpline, second + "/take", staff="Rekha")
    staff(helpline, second + "/messages", staff="Rekha", text="नमस्ते, <b>बताइए</b>")
    page.locator(".person.taken", has_text=WORDS["taken"]["hi"]).wait_for()
    page.locator(".staff .words", has_text="नमस्ते, <b>बताइए</b>").wait_for()
    assert page.locator(".speaker").inner_text() == WORDS["staff"]["hi"]
    page.locator("odop-sahayak").get_by_role("button", name=WORDS["close"]["hi"]).click()
    staff(helpline, second + "/messages", staff="Rekha", text="दो")
    page.locator(".launcher .badge", has_text=WORDS["news"]["hi"]).wait_for()
    start(page)
    staff(helpline, second + "/return", staff="Rekha")
    page.locator(".theirs.system").wait_for()
    assert page.locator(".person").inner_text() == ""
    assert page.locator(".staff .words").all_inner_texts() == ["नमस्ते, <b>बताइए</b>", "दो"]


HIDDEN = """Object.defineProperty(document, "hidden", {get: () => window.away === true});"""


def next_look(page: Any, polls: list[str]) -> int:
    """Seconds of the page's clock until it asks again, and is answered.

    It plans the next look when it has read the last answer: the clock moves in steps, so that one taken too early
    costs a step only, and not the whole look.
    """
    before, seconds = len(polls), 0
    with page.expect_response(re.compile("after=")):
        while len(polls) == before and seconds < 5000:
            page.clock.run_for(5000)
            seconds += 5
    return seconds


def test_nothing_is_asked_while_nobody_was_called_nobody_looks_and_ever_less_otherwise(tab: Open) -> None:
    page = tab("/hi", before=HIDDEN)
    polls: list[str] = []
    page.on("request", lambda each: polls.append(each.url) if "after=" in each.url and each.method == "GET" else None)
    page.clock.install()
    start(page)
    ask(page, "लोन")
    said(page).wait_for()
    page.clock.run_for(60_000)
    assert polls == []
    ask(page, "person:")
    page.locator(".person.waiting").wait_for()
    waited = [next_look(page, polls) for _ in range(8)]
    assert waited[-1] >= 30, "as often as at the beginning"
    page.evaluate("away = true")
    page.clock.run_for(41_000)
    counted = len(polls)
    page.clock.run_for(120_000)
    assert len(polls) == counted
    with page.expect_response(re.compile("after=")):
        page.evaluate("away = false; document.dispatchEvent(new Event('visibilitychange'))")


# ---- for everybody


def test_all_of_it_works_by_keyboard_and_the_focus_comes_back(tab: Open) -> None:
    page = tab("/en")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".panel textarea:focus").wait_for()
    page.keyboard.type("loan")
    page.keyboard.press("Enter")
    said(page).wait_for()
    assert page.evaluate(FOCUSED) == "textarea"
    seen = set()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        seen.add(page.evaluate(NAMED))
    assert {WORDS["close"]["en"], WORDS["menu"]["en"], WORDS["person"]["en"], "Call 1800-1800-888"} <= seen
    page.locator(".panel textarea").focus()
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == "button"
    assert not page.locator(".panel").is_visible()


FOCUSED = "document.querySelector('odop-sahayak').shadowRoot.activeElement.localName"
NAMED = """(() => { const it = document.activeElement.shadowRoot && document.activeElement.shadowRoot.activeElement;
  return it ? it.getAttribute('aria-label') || it.textContent : '' })()"""


def test_where_it_fills_the_screen_the_keyboard_stays_in_it(tab: Open) -> None:
    page = start(tab("/en", width=320, height=600))
    for press in ("Tab", "Shift+Tab"):
        for _ in range(14):
            page.keyboard.press(press)
            assert page.evaluate("document.activeElement.localName") == "odop-sahayak"


def test_answers_are_announced_and_the_old_ones_are_not_after_reload(tab: Open) -> None:
    page = start(tab("/hi"))
    log = page.get_by_role("log")
    page.locator(".log[aria-live=polite]").wait_for(state="attached")
    ask(page, "लोन")
    said(page).wait_for()
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    page.reload()
    assert log.locator(".theirs").count() == 1
    assert log.get_attribute("aria-live") == "off"
    page.clock.run_for(400)
    assert log.get_attribute("aria-live") == "polite"


@pytest.mark.parametrize(("width", "height"), [(320, 600), (320, 256), (360, 640)])
@pytest.mark.parametrize("size", ["1", "3"])
def test_nothing_is_cut_off_on_a_narrow_phone_or_at_400_percent(
    tab: Open, fake: FakeBot, width: int, height: int, size: str
) -> None:
    fake.replies = [ENGLISH | {"text": "x" * 300}]
    page = start(tab("/en", width=width, height=height, before=f"localStorage.setItem('odop-widget-size', {size})"))
    ask(page, "y" * 200)
    said(page).wait_for()
    page.get_by_role("button", name=WORDS["menu"]["en"]).click()
    for selector in ("html", ".panel", ".scroll", ".ways", ".menu", ".log"):
        box = page.locator(selector)
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth"), selector
    page.locator(".panel textarea").scroll_into_view_if_needed()
    assert page.locator(".send").bounding_box()["x"] + 20 < width


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_axe_finds_nothing_wrong(tab: Open, look: dict[str, str]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = tab("/hi", **look)
    _clean(axe.Axe().run(page), "closed")
    start(page)
    _clean(axe.Axe().run(page), "open")
    ask(page, "person:")
    page.locator(".person.waiting").wait_for()
    ask(page, "लोन")
    page.locator(".sources").wait_for()
    page.get_by_role("button", name=WORDS["menu"]["hi"]).click()
    _clean(axe.Axe().run(page), "in use")


def _clean(results: Any, when: str) -> None:
    assert results.violations_count == 0, f"{when}: {results.generate_report()}"


def test_targets_are_large_enough_for_a_finger(tab: Open) -> None:
    page = start(tab("/hi", width=360, height=640))
    page.locator(".welcome .chip").first.click()
    said(page).wait_for()
    for box in page.locator(".panel button:visible, .way").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().toJSON())"
    ):
        assert box["width"] >= 24 and box["height"] >= 32, box


def test_the_letters_grow_and_stay_so(tab: Open) -> None:
    page = start(tab("/en"))
    size = "panel => parseFloat(getComputedStyle(panel).fontSize)"
    before = page.locator(".panel").evaluate(size)
    page.get_by_role("button", name=WORDS["menu"]["en"]).click()
    page.get_by_label(WORDS["size_3"]["en"]).check()
    assert page.locator(".panel").evaluate(size) >= 1.4 * before
    page.reload()
    assert page.locator(".panel").evaluate(size) >= 1.4 * before


# ---- the transcript and the voice


def test_the_conversation_can_be_saved_and_printed_with_its_sources(tab: Open) -> None:
    page = start(tab("/hi", before="window.print = () => { top.printed = document.body.textContent; }"))
    ask(page, "बाँदा?")
    said(page).wait_for()
    page.get_by_role("button", name=WORDS["menu"]["hi"]).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=WORDS["save"]["hi"]).click()
    assert re.fullmatch(r"odop-sahayak-\d{4}-\d\d-\d\d\.txt", saved.value.suggested_filename)
    text = saved.value.path().read_text("utf-8")
    for part in ("आप: बाँदा?", f"सहायक: {HINDI['text']}", "स्रोत: Jaagruk Bharat, ODOP, 15 जुलाई 2025"):
        assert part in text
    page.get_by_role("button", name=WORDS["print"]["hi"]).click()
    page.wait_for_function("window.printed")
    assert HINDI["text"] in page.evaluate("printed")


VOICE = """window.webkitSpeechRecognition = class {
  start() { setTimeout(() => this.end([[{transcript: 'टूलकिट ' + this.lang}]]), 0); }
  end(results) { this.onresult({results}); this.onend(); } };"""
NO_VOICE = "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"


def test_a_voice_becomes_text_to_be_read_first_and_only_after_saying_where_it_goes(tab: Open, fake: FakeBot) -> None:
    page = start(tab("/hi", before=NO_VOICE + VOICE))
    asked = len(fake.asked)
    mic = page.get_by_role("button", name=WORDS["speak"]["hi"])
    mic.click()
    assert page.locator(".status").inner_text() == WORDS["speak_notice"]["hi"]
    mic.click()
    page.wait_for_function("document.querySelector('odop-sahayak').shadowRoot.querySelector('textarea').value")
    assert page.locator(".panel textarea").input_value() == "टूलकिट hi-IN"
    assert len(fake.asked) == asked


def test_there_is_no_microphone_where_there_is_nothing_to_listen_or_the_site_wants_none(tab: Open) -> None:
    for path, before in (("/hi", NO_VOICE), ("/hi?voice=off", VOICE)):
        assert start(tab(path, before=before)).locator(".mic").count() == 0


# ---- the site around it, old browsers, size


def test_the_style_comes_as_a_file_where_a_script_may_not_give_it(tab: Open) -> None:
    page = start(tab("/hi", before="delete CSSStyleSheet.prototype.replaceSync"))
    assert page.locator(".panel").evaluate("panel => getComputedStyle(panel).position") == "fixed"


@pytest.mark.parametrize("lacks", ["delete window.customElements", "delete Element.prototype.attachShadow"])
def test_a_browser_that_is_too_old_gets_our_page_and_the_number_as_links(tab: Open, helpline: str, lacks: str) -> None:
    links = tab("/hi", before=lacks).locator("#odop-sahayak-links a")
    assert [link.get_attribute("href") for link in links.all()] == [helpline + "/", "tel:18001800888"]


def test_styles_of_the_site_do_not_reach_it(tab: Open) -> None:
    page = start(tab("/en"))
    page.evaluate("document.documentElement.style.fontSize = '6px'; document.body.style.color = 'red'")
    assert page.locator(".greeting").evaluate("it => getComputedStyle(it).color") != "rgb(255, 0, 0)"
    assert page.locator(".panel").evaluate("it => parseFloat(getComputedStyle(it).fontSize)") >= 16


def test_all_that_is_loaded_to_open_it_is_one_file_of_at_most_25_kilobytes(tab: Open, helpline: str) -> None:
    page = tab("/hi")
    loaded = page.evaluate(LOADED, helpline)
    start(page)
    later = [each["name"] for each in page.evaluate(LOADED, helpline) if each not in loaded]
    assert all(each.endswith("/api/v1/widget/desk") for each in later)  # whether people answer now
    assert [each["name"] for each in loaded] == [helpline + "/widget.js"]
    style = httpx.get(helpline + "/widget.css", headers={"Accept-Encoding": "gzip"})
    size = len(httpx.get(helpline + "/widget.js").read())
    assert size > 10_000, "nothing was measured"
    packed = sum(int(httpx.head(helpline + path).headers["content-length"]) for path in ("/widget.js", "/widget.css"))
    assert packed <= LARGEST and style.headers["content-encoding"] == "gzip"


LOADED = """helpline => performance.getEntriesByType('resource').filter(each => each.name.startsWith(helpline))
  .map(each => ({name: each.name}))"""


# ---- people who answer


def desk(page: Any, told: Any) -> None:
    page.route(
        "**/api/v1/widget/desk", lambda route: route.fulfill(json=told, headers={"Access-Control-Allow-Origin": "*"})
    )


@pytest.mark.parametrize(
    ("path", "told", "words"),
    [
        ("/hi", {"state": "open"}, "अभी जवाब दे रहे हैं"),
        ("/en", {"state": "away"}, "Nobody is at the helpline's desk"),
        ("/en", {"state": "closed", "opens_at": "2026-03-09T10:00:00+05:30"}, "again from Monday, 10 am"),
        ("/hi", {"state": "closed", "opens_at": "2026-03-09T10:00:00+05:30"}, "सोमवार सुबह 10 बजे"),
        ("/hi", {"state": "closed", "opens_at": "2026-03-09T15:05:00+05:30"}, "सोमवार दोपहर 3:05 बजे"),
    ],
)
def test_before_a_person_is_asked_for_it_says_whether_one_answers_now(
    tab: Open, path: str, told: Any, words: str
) -> None:
    page = tab(path)
    desk(page, told)
    start(page)
    sign = page.locator(".person")
    page.locator(".person:not(:empty)").wait_for()
    assert words in sign.inner_text() and sign.get_attribute("role") == "status"


def test_a_page_that_is_only_looked_at_asks_the_helpline_nothing(tab: Open) -> None:
    page, asked = tab("/hi"), []
    page.on("request", lambda each: asked.append(each.url))
    page.reload()
    page.locator("odop-sahayak .launcher").wait_for()
    assert not [each for each in asked if "/api/" in each]
    start(page)
    page.wait_for_function("() => performance.getEntriesByType('resource').some(e => e.name.endsWith('/desk'))")
