"""Twilio's webhooks: who may call them, what they take, and what they answer."""

import asyncio

import pytest
import structlog
from fake_carrier import FakeCarrier
from helpline_line import TOKEN, EchoBot, Line, sid, signed
from twilio.request_validator import RequestValidator

import channels.webhooks.twilio as webhooks

MESSAGES, STATUS = "/webhooks/twilio/messages", "/webhooks/twilio/status"
FORM = {"MessageSid": "SM1", "From": "whatsapp:+919800000001", "To": "whatsapp:+14155238886", "Body": "hello"}


async def test_a_message_is_answered_once_through_the_provider(line: Line) -> None:
    response = await line.write("hello")
    assert (response.status_code, response.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert response.text.endswith("<Response/>")
    await line.quiet()
    assert line.carrier.texts("whatsapp:+919800000001") == ["re hello"]


async def test_fifty_deliveries_of_one_message_at_once_are_one_turn_and_one_reply(opened, address: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    same = sid()
    async with opened(address) as line:
        responses = await asyncio.gather(*(line.write("hello", message_sid=same) for _ in range(50)))
        await line.quiet()
        await line.write("hello", message_sid=same)  # and once more, much later
        await line.quiet()
    assert {response.status_code for response in responses} == {200}
    assert (len(line.bot.asked), line.carrier.texts()) == (1, ["re hello"])
    print(f"\n50 deliveries of one message: {len(line.bot.asked)} turn, {len(line.carrier.records)} reply")


@pytest.mark.parametrize("path", [route.path for route in webhooks.router.routes])  # type: ignore[attr-defined]
@pytest.mark.parametrize("signature", [None, "", "wrong", "é".encode("latin-1")])
async def test_every_webhook_refuses_what_is_not_signed(line: Line, path: str, signature: str | bytes | None) -> None:
    headers = {} if signature is None else {"X-Twilio-Signature": signature}
    response = await line.client.post(path, data=FORM, headers=headers)  # type: ignore[arg-type]
    assert (response.status_code, response.headers["content-type"]) == (403, "application/problem+json")
    assert line.value("SELECT count(*) FROM inbound") == 0


async def test_a_signature_of_another_text_or_address_is_refused(line: Line) -> None:
    right = signed(MESSAGES, FORM)
    for path, form in ((MESSAGES, FORM | {"Body": "other"}), (MESSAGES + "?x=1", FORM), (STATUS, FORM)):
        assert (await line.client.post(path, data=form, headers=right)).status_code == 403
    inside = RequestValidator(TOKEN).compute_signature("http://gateway" + MESSAGES, FORM)
    assert (await line.client.post(MESSAGES, data=FORM, headers={"X-Twilio-Signature": inside})).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"MessageSid": ""}, {"MessageSid": "S" * 65}, {"From": ""}, {"From": "whatsapp:" + "9" * 100}, {"To": ""},
        {"NumMedia": "many"}, {"NumMedia": "-1"}, {"From": "+91 98 <b>"},
    ],
)  # fmt: skip
async def test_what_is_no_message_is_a_problem_that_repeats_nothing(line: Line, changes: dict[str, str]) -> None:
    form = FORM | changes
    response = await line.client.post(MESSAGES, data=form, headers=signed(MESSAGES, form))
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert "hello" not in response.text and "+9198" not in response.text
    missing = {name: value for name, value in FORM.items() if name not in changes}
    response = await line.client.post(MESSAGES, data=missing, headers=signed(MESSAGES, missing))
    assert response.status_code == (200 if "NumMedia" in changes else 422)


async def test_a_field_that_is_there_twice_is_refused(line: Line) -> None:
    body = "MessageSid=SM1&From=%2B919800000001&To=%2B18005550100&Body=a&Body=b"
    pairs = {"MessageSid": ["SM1"], "From": ["+919800000001"], "To": ["+18005550100"], "Body": ["a", "b"]}

    class Form(dict):  # type: ignore[type-arg]
        def getlist(self, name: str) -> list[str]:
            return pairs[name]

    signature = RequestValidator(TOKEN).compute_signature("https://odop.example" + MESSAGES, Form(pairs))
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    assert (await line.client.post(MESSAGES, content=body, headers=headers)).status_code == 422


async def test_a_message_without_words_is_answered_too(line: Line) -> None:
    form = {name: value for name, value in FORM.items() if name != "Body"}
    assert (await line.post(MESSAGES, form)).status_code == 200
    await line.quiet()
    assert len(line.carrier.records) == 1


async def test_who_has_no_number_is_answered_at_their_id(line: Line) -> None:
    await line.write("hello", who="whatsapp:IN.abc123")
    await line.quiet()
    assert line.carrier.texts("whatsapp:IN.abc123") == ["re hello"]
    assert "sealed_sender" not in line.bot.asked[0]


async def test_a_tapped_button_is_what_it_stands_for(line: Line) -> None:
    await line.write("Apply", ButtonPayload="entry:apply")
    await line.write("Apply", who="whatsapp:+919800000002", ListId="entry:list")
    await line.quiet()
    assert {message["text"] for message in line.bot.asked} == {"entry:apply", "entry:list"}


async def test_the_bot_knows_whatsapp_and_sms_apart_and_never_the_number(line: Line) -> None:
    await line.write("a", who="whatsapp:+919800000001")
    await line.write("b", who="+919800000001")
    await line.quiet()
    asked = {message["channel"]: message for message in line.bot.asked}
    assert asked.keys() == {"whatsapp", "sms"}
    assert asked["whatsapp"]["sender"] != asked["sms"]["sender"]
    assert "9800000001" not in str(line.bot.asked)
    assert {(record.to, record.sender) for record in line.carrier.records} == {
        ("whatsapp:+919800000001", "whatsapp:+14155238886"),
        ("+919800000001", "+18005550100"),
    }


async def test_no_number_and_no_text_is_in_a_log_a_table_or_a_record_of_the_workflows(line: Line) -> None:
    with structlog.testing.capture_logs() as lines:
        await line.write("mera aadhaar 999941057058")
        await line.quiet()
    databases = [line.address.removeprefix("sqlite:///") + end for end in ("", "-wal")]
    databases += [each.replace(".db", "-delivery.db") for each in databases]
    kept = b"".join(open(each, "rb").read() for each in databases)  # noqa: SIM115, PTH123
    for secret in ("9800000001", "999941057058", "aadhaar"):
        assert secret not in str(lines)
        assert secret.encode() not in kept


async def test_without_a_provider_the_webhooks_say_so(bot: EchoBot) -> None:
    import httpx
    from gateway_settings import settings

    from channels.app import create_app

    app = create_app(settings(), httpx.ASGITransport(bot.app))
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        for path in (MESSAGES, STATUS):
            response = await client.post("http://gateway" + path, data=FORM)
            assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")


async def test_a_message_that_cannot_be_recorded_is_not_taken(
    line: Line, carrier: FakeCarrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the provider brings it again."""
    from channels.delivery import inbox
    from channels.errors import StoreFailure

    def full(*_: object) -> None:
        raise StoreFailure("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "record", full)
        assert (await line.write("hello", message_sid="SM77")).status_code == 503
    assert (await line.write("hello", message_sid="SM77")).status_code == 200
    await line.quiet()
    assert carrier.texts() == ["re hello"]
