"""The simulator in a real browser, where one is installed."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fake_network import ANITA, MESSAGES, ON_WHATSAPP, SMS, WHATSAPP, fake_settings
from served import CHROMIUM, Served
from stub_gateway import PUBLIC, TOKEN, StubGateway

from channels.fake_twilio.app import create_app
from channels.fake_twilio.settings import ACCOUNT

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")
VOICE = "/webhooks/twilio/voice"
GREETING = f"""<Response><Say language="hi-IN">नमस्ते</Say>
<Gather action="{VOICE}/turn" input="dtmf speech" numDigits="1">
<Say language="en-IN">For English press 2</Say></Gather></Response>"""
BYE = '<Response><Say language="hi-IN">धन्यवाद</Say></Response>'


@pytest.fixture
def gateway() -> StubGateway:
    return StubGateway(twiml={VOICE: GREETING, f"{VOICE}/turn": BYE})


@pytest.fixture
def address(gateway: StubGateway) -> Iterator[str]:
    stub = Served(gateway.app)
    fake = Served(create_app(fake_settings(gateway_url=stub.url)))
    yield fake.url
    fake.stop()
    stub.stop()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A tab that must not call anybody else, or complain."""
    tab = browser.new_context(viewport={"width": 1100, "height": 800}).new_page()
    tab.set_default_timeout(10_000)
    complaints: list[str] = []
    tab.on("request", lambda request: request.url.startswith(address) or complaints.append(request.url))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda said: _grave(said) and complaints.append(said.text))
    tab.goto(address)
    yield tab
    tab.context.close()
    assert not complaints


def _grave(said: Any) -> bool:
    """A refused request of a test is no complaint; what the content policy forbids is."""
    return said.type == "error" and not said.text.startswith("Failed to load resource: the server responded")


def reply(address: str, **fields: str) -> None:
    """As the gateway sends."""
    data = {"To": ON_WHATSAPP, "From": WHATSAPP, "Body": "नमस्ते", **fields}
    assert httpx.post(address + MESSAGES, data=data, auth=(ACCOUNT, TOKEN)).status_code == 201


def tick(page: Any, text: str, status: str) -> None:
    page.locator(".message", has_text=text).locator(f".ticks[data-status={status}]").wait_for()


def test_hindi_goes_out_and_the_answer_is_read(page: Any, address: str, gateway: StubGateway) -> None:
    page.get_by_label("Message", exact=True).fill("लोन कैसे मिलेगा?")
    page.keyboard.press("Enter")
    tick(page, "लोन कैसे मिलेगा?", "delivered")
    assert gateway.webhooks()[0].signed and gateway.webhooks()[0].fields["Body"] == "लोन कैसे मिलेगा?"
    reply(address, Body="बैंक में <b>आवेदन</b> करें।")
    tick(page, "<b>आवेदन</b>", "read")
    assert page.locator(".theirs .words").get_attribute("lang") == "hi"


def test_each_channel_and_each_phone_has_its_own_messages(page: Any, address: str) -> None:
    reply(address, To=ANITA, From=SMS, Body="x" * 161)
    page.get_by_role("tab", name="WhatsApp").focus()
    page.keyboard.press("ArrowRight")
    page.locator(".message", has_text="2 segments").wait_for()
    page.get_by_label("Whose phone").select_option(index=1)
    assert page.locator(".message").count() == 0
    page.get_by_label("Whose phone").select_option(label="Another number")
    page.get_by_label("Number, with the country").fill("+919000000001")
    page.get_by_label("Message", exact=True).fill("hello")
    page.get_by_role("button", name="Send", exact=True).click()
    tick(page, "hello", "delivered")


def test_outside_the_24_hours_the_failure_is_shown_with_its_code(page: Any, address: str) -> None:
    reply(address, Body="too late")
    page.locator(".message", has_text="failed 63016").wait_for()


def test_a_failing_gateway_is_seen_at_the_message(page: Any, gateway: StubGateway) -> None:
    gateway.answers = [500, 500]
    page.get_by_label("Message", exact=True).fill("लोन")
    page.keyboard.press("Enter")
    page.locator(".mine", has_text="webhook: 500").wait_for()


def test_a_message_that_could_not_go_out_is_kept_and_said(page: Any) -> None:
    page.route("**/inbound", lambda route: route.fulfill(status=422, json={"detail": "No such phone."}))
    page.get_by_label("Message", exact=True).fill("लोन")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="No such phone.").wait_for()
    assert page.get_by_label("Message", exact=True).input_value() == "लोन"


def test_a_tapped_choice_is_sent_with_its_id(page: Any, address: str, gateway: StubGateway) -> None:
    sid = "HX" + "1" * 32
    template = {"body": "चुनिए", "kind": "quick-reply", "choices": [{"id": "entry:x", "title": "कैसे?"}]}
    httpx.put(f"{address}/templates/{sid}", json=template)
    reply(address, ContentSid=sid)
    page.get_by_role("button", name="कैसे?").click()
    page.locator(".mine .ticks[data-status=delivered]").wait_for()
    assert gateway.webhooks()[0].fields["ButtonPayload"] == "entry:x"


def test_a_file_is_sent_as_media(page: Any, gateway: StubGateway) -> None:
    voice_note = {"name": "note.ogg", "mimeType": "audio/ogg", "buffer": b"OggS"}
    page.locator("#file").set_input_files(voice_note)
    tick(page, "audio/ogg", "delivered")
    assert gateway.webhooks()[0].fields["MediaContentType0"] == "audio/ogg"


def test_a_call_is_held_by_keyboard(page: Any, gateway: StubGateway) -> None:
    page.get_by_role("tab", name="WhatsApp").focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Call", exact=True).focus()
    page.keyboard.press("Enter")
    page.locator("#heard li", has_text="For English press 2").wait_for()
    page.keyboard.type("हिंदी")
    page.keyboard.press("Enter")
    page.locator("#heard li", has_text="The call has ended").wait_for()
    heard = page.locator("#heard li").all_inner_texts()
    assert [line.split(":")[-1].strip() for line in heard[:4]] == ["नमस्ते", "For English press 2", "हिंदी", "धन्यवाद"]
    assert gateway.came[1].fields["SpeechResult"] == "हिंदी" and gateway.came[1].signed
    assert page.get_by_role("button", name="Call", exact=True).is_enabled()


def test_a_key_is_pressed(page: Any, gateway: StubGateway) -> None:
    page.get_by_role("tab", name="Call").click()
    assert page.get_by_role("button", name="2", exact=True).is_disabled()
    page.get_by_role("button", name="Call", exact=True).click()
    page.get_by_role("button", name="2", exact=True).click()
    page.locator("#heard li", has_text="धन्यवाद").wait_for()
    assert gateway.came[1].fields["Digits"] == "2"


def test_several_keys_are_ended_by_the_hash_key(page: Any, gateway: StubGateway) -> None:
    gateway.twiml[VOICE] = f'<Response><Gather action="{VOICE}/turn"/></Response>'
    page.get_by_role("tab", name="Call").click()
    page.get_by_role("button", name="Call", exact=True).click()
    for key in "987":
        page.get_by_role("button", name=key, exact=True).click()
    assert page.locator("#pressed").inner_text() == "987"
    assert page.get_by_role("button", name="Say it").is_disabled()  # it hears keys only
    page.get_by_role("button", name="#", exact=True).click()
    page.locator("#heard li", has_text="धन्यवाद").wait_for()
    assert gateway.came[1].fields["Digits"] == "987"


def test_a_short_wait_ends_by_itself(page: Any, gateway: StubGateway) -> None:
    waits = f'<Response><Gather input="dtmf" timeout="1"/><Redirect>{VOICE}/turn</Redirect></Response>'
    gateway.twiml[VOICE] = waits
    page.get_by_role("tab", name="Call").click()
    page.get_by_role("button", name="Call", exact=True).click()
    page.locator("#heard li", has_text="धन्यवाद").wait_for()
    assert not page.locator("#heard li", has_text="silence").count()


def test_faults_are_set_and_taken_back(page: Any, address: str) -> None:
    page.get_by_text("What goes wrong").click()
    for words, how_often in (("429, too many requests", "always"), ("webhooks come twice", "now and then")):
        with page.expect_response("**/faults"):
            page.get_by_label(words).select_option(how_often)

    def faults() -> tuple[float, float]:
        now = httpx.get(f"{address}/faults").json()
        return now["answer_429"], now["webhook_twice"]

    assert faults() == (1, 0.3)
    with page.expect_response("**/faults"):
        page.get_by_role("button", name="Nothing any more").click()
    assert faults() == (0, 0)


def test_nothing_is_wider_than_a_narrow_phone(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    reply(address, Body="y" * 200)
    page.locator(".message").wait_for()
    for selector in ("html", ".phone", "#log"):
        assert page.locator(selector).evaluate("box => box.scrollWidth <= box.clientWidth"), selector


def test_the_page_may_load_nothing_from_elsewhere(address: str) -> None:
    headers = httpx.get(address).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert PUBLIC not in httpx.get(address).text
