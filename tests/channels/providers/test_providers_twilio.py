"""Of a message sent through Twilio we know that it went, that it did not, or that nobody knows."""

import json
import logging
import pickle
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import httpx
import pytest
from fake_twilio_api import NOW, PATH, FakeTwilioApi, error

from channels.providers.base import Outgoing, Refused, Sent, Template, Unknown

TEXT = "आपका फ़ॉर्म मिल गया + शुक्रिया & धन्यवाद"
NUMBER = "+919800000001"
MESSAGE = Outgoing("out-7_a", "whatsapp:+14155238886", f"whatsapp:{NUMBER}", TEXT)
SMS = Outgoing("out-8", "+18005550100", NUMBER, "Namaste")


@pytest.fixture
def api() -> FakeTwilioApi:
    return FakeTwilioApi()


def raising(failure: Exception):  # noqa: ANN201
    def trouble(request: httpx.Request) -> None:
        raise failure

    return trouble


# ---- sending


async def test_a_message_goes_as_twilio_asks_for_it(api: FakeTwilioApi) -> None:
    sent = await api.provider().send(MESSAGE)
    assert sent == Sent(api.records[0]["sid"], "queued")
    assert api.requests[0].url == f"https://api.twilio.com{PATH}"
    assert api.forms() == [
        {
            "To": f"whatsapp:{NUMBER}",
            "From": "whatsapp:+14155238886",
            "Body": TEXT,
            "StatusCallback": "https://help.example/webhooks/twilio/status?m=out-7_a",
        }
    ]


async def test_a_sender_that_is_no_phone_number_is_written_to_as_it_is(api: FakeTwilioApi) -> None:
    await api.provider().send(Outgoing("r", MESSAGE.sender, "whatsapp:IN.abc123", "x"))
    assert api.forms()[0]["To"] == "whatsapp:IN.abc123"


async def test_a_document_goes_along_with_its_text_or_alone(api: FakeTwilioApi) -> None:
    for text in ("आपका पत्र", ""):
        await api.provider().send(Outgoing("r", MESSAGE.sender, MESSAGE.to, text, "https://help.example/letters/x.pdf"))
    assert [form.get("Body") for form in api.forms()] == ["आपका पत्र", None]
    assert {form["MediaUrl"] for form in api.forms()} == {"https://help.example/letters/x.pdf"}


async def test_a_template_stands_in_place_of_the_text(api: FakeTwilioApi) -> None:
    template = Template("HX1", {"1": "क्या आप बुनकर हैं?", "2": "हाँ"})
    await api.provider().send(Outgoing("r", MESSAGE.sender, MESSAGE.to, TEXT, "https://h.example/x.pdf", template))
    form = api.forms()[0]
    assert form["ContentSid"] == "HX1"
    assert json.loads(form["ContentVariables"]) == template.variables
    assert not {"Body", "MediaUrl"} & form.keys()


@pytest.mark.parametrize(
    ("status", "code", "may_retry"),
    [
        (429, 20429, True),
        (429, 63018, True),
        (429, 99999, True),  # Twilio's number is new to us, the status is not
        (400, 21610, False),
        (400, 21617, False),
        (400, 63016, False),
        (401, 20003, False),
        (400, 99999, False),
        (503, 20503, True),
        (503, 99999, True),
    ],
)
async def test_what_twilio_refuses_was_not_sent(api: FakeTwilioApi, status: int, code: int, may_retry: bool) -> None:
    api.trouble = lambda request: error(status, code)
    with pytest.raises(Refused) as refused:
        await api.provider().send(MESSAGE)
    assert (refused.value.code, refused.value.may_retry) == (str(code), may_retry)
    assert len(api.requests) == 1


@pytest.mark.parametrize(
    ("given", "seconds"),
    [("7", 7.0), ("0.5", 0.5), ("-3", 0.0), ("86400", 3600.0), ("soon", None), ("nan", None), ("", None)],
)
async def test_twilio_says_when_to_come_again(api: FakeTwilioApi, given: str, seconds: float | None) -> None:
    api.trouble = lambda request: error(429, 20429, **{"Retry-After": given})
    with pytest.raises(Refused) as refused:
        await api.provider().send(MESSAGE)
    assert refused.value.retry_after == seconds


async def test_twilio_may_say_it_with_a_date(api: FakeTwilioApi) -> None:
    date = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=90), usegmt=True)
    api.trouble = lambda request: error(429, 20429, **{"Retry-After": date})
    with pytest.raises(Refused) as refused:
        await api.provider().send(MESSAGE)
    assert refused.value.retry_after is not None
    assert 80 < refused.value.retry_after <= 90


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (httpx.Response(429, text="slow"), "http_429"),
        (httpx.Response(403, text="<html>"), "http_403"),
        (httpx.Response(307, headers={"Location": "https://elsewhere.example"}), "http_307"),
        (httpx.Response(400, json=["code"]), "http_400"),
    ],
)
async def test_a_no_without_a_code_is_named_by_its_status(
    api: FakeTwilioApi, response: httpx.Response, code: str
) -> None:
    api.trouble = lambda request: response
    with pytest.raises(Refused) as refused:
        await api.provider().send(MESSAGE)
    assert refused.value.code == code
    assert refused.value.may_retry == (code == "http_429")
    assert len(api.requests) == 1


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]"),
        httpx.ConnectError("name not known"),
        httpx.ConnectTimeout("x"),
        httpx.PoolTimeout("x"),
        httpx.ProxyError("x"),
    ],
)
async def test_without_a_connection_nothing_was_sent(api: FakeTwilioApi, failure: Exception) -> None:
    api.trouble = raising(failure)
    with pytest.raises(Refused) as refused:
        await api.provider().send(MESSAGE)
    assert (refused.value.code, refused.value.may_retry) == ("connect", True)


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ReadTimeout("x"),
        httpx.WriteTimeout("x"),
        httpx.ReadError("x"),
        httpx.WriteError("x"),
        httpx.CloseError("x"),
        httpx.RemoteProtocolError("Server disconnected without sending a response."),
        httpx.DecodingError("x"),
        ValueError("list.remove(x): x not in list"),  # the client's pool, when its connections are cut off
    ],
)
async def test_after_the_request_left_silence_says_nothing(api: FakeTwilioApi, failure: Exception) -> None:
    api.trouble = raising(failure)
    with pytest.raises(Unknown):
        await api.provider().send(MESSAGE)
    assert len(api.requests) == 1


@pytest.mark.parametrize(
    "response",
    [
        error(500, 20500),
        httpx.Response(502, text="bad gateway"),
        httpx.Response(503, text="a proxy's page"),
        httpx.Response(504),
        error(408, 20408),
        httpx.Response(201, text="{"),
        httpx.Response(201, json={"status": "queued"}),
        httpx.Response(200, json=None),
    ],
)
async def test_a_fault_of_the_server_says_nothing_either(api: FakeTwilioApi, response: httpx.Response) -> None:
    api.trouble = lambda request: response
    with pytest.raises(Unknown):
        await api.provider().send(MESSAGE)
    assert len(api.requests) == 1


@pytest.mark.parametrize("trouble", [raising(httpx.ReadTimeout(NUMBER)), lambda request: error(400, 21211)])
@pytest.mark.parametrize("step", ["send", "find"])
async def test_neither_error_nor_log_names_anybody(
    api: FakeTwilioApi, trouble: object, step: str, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("httpx").setLevel(logging.WARNING)  # as channels/logs.py does
    api.trouble = trouble  # type: ignore[assignment]
    provider = api.provider()
    with pytest.raises((Refused, Unknown)) as failed:
        await (provider.send(MESSAGE) if step == "send" else provider.find(MESSAGE, NOW, ()))
    assert NUMBER not in str(failed.value)
    assert failed.value.__suppress_context__ or failed.value.__context__ is None
    assert not caplog.text


def test_errors_survive_being_stored() -> None:
    refused = pickle.loads(pickle.dumps(Refused("20429", True, 3.0)))
    assert (refused.code, refused.may_retry, refused.retry_after) == ("20429", True, 3.0)
    assert pickle.loads(pickle.dumps(Unknown("timeout"))).reason == "timeout"


# ---- asking afterwards


async def test_a_message_of_unknown_fate_is_found(api: FakeTwilioApi) -> None:
    kept = api.record(body=TEXT, status="sent")
    assert await api.provider().find(MESSAGE, NOW, ()) == Sent(kept["sid"], "sent")


async def test_also_where_our_clock_was_put_forward_a_day(api: FakeTwilioApi) -> None:
    kept = api.record(body=TEXT, status="sent")
    assert await api.provider().find(MESSAGE, NOW + timedelta(days=1), ()) == Sent(kept["sid"], "sent")


async def test_what_twilio_never_took_is_not_found(api: FakeTwilioApi) -> None:
    assert await api.provider().find(MESSAGE, NOW, ()) is None


@pytest.mark.parametrize(
    "other",
    [
        {"to": "whatsapp:+919800000002"},
        {"from": "whatsapp:+14155230000"},
        {"body": TEXT + "!"},
        {"body": TEXT.replace(" ", "  ")},
        {"direction": "inbound"},
        {"direction": "outbound-reply"},
        {"date_created": format_datetime(NOW - timedelta(hours=27))},
    ],
)
async def test_another_message_is_not_taken_for_it(api: FakeTwilioApi, other: dict[str, str]) -> None:
    api.record(**{"body": TEXT} | other)
    assert await api.provider().find(MESSAGE, NOW, ()) is None


async def test_the_same_words_sent_before_are_not_taken_for_it(api: FakeTwilioApi) -> None:
    earlier = api.record(body=TEXT)
    provider = api.provider()
    assert await provider.find(MESSAGE, NOW, [earlier["sid"]]) is None
    later = api.record(body=TEXT)
    assert await provider.find(MESSAGE, NOW, [earlier["sid"]]) == Sent(later["sid"], "queued")


async def test_of_two_the_newest_is_taken(api: FakeTwilioApi) -> None:
    newest = api.record(body=TEXT, date_created=format_datetime(NOW + timedelta(seconds=2)))
    api.record(body=TEXT)
    assert await api.provider().find(MESSAGE, NOW, ()) == Sent(newest["sid"], "queued")


async def test_clocks_may_differ_a_little(api: FakeTwilioApi) -> None:
    api.record(body=TEXT, date_created=format_datetime(NOW - timedelta(minutes=4)))
    assert await api.provider().find(MESSAGE, NOW, ())


@pytest.mark.parametrize("written", [TEXT + "\n", f"Sent from your Twilio trial account - {TEXT}"])
async def test_what_twilio_does_to_a_text_is_seen_through(api: FakeTwilioApi, written: str) -> None:
    api.record(body=written)
    assert await api.provider().find(MESSAGE, NOW, ())


async def test_later_pages_are_read_too(api: FakeTwilioApi) -> None:
    kept = api.record(body=TEXT)
    for _ in range(3):
        api.record(body="other")
    api.page_size = 2
    assert await api.provider().find(MESSAGE, NOW, ()) == Sent(kept["sid"], "queued")
    assert len(api.requests) == 2


async def test_reading_stops_where_the_records_are_old(api: FakeTwilioApi) -> None:
    for _ in range(9):
        api.record(date_created=format_datetime(NOW - timedelta(days=2)))
    api.page_size = 2
    assert await api.provider().find(MESSAGE, NOW, ()) is None
    assert len(api.requests) == 1


async def test_too_many_records_are_no_answer(api: FakeTwilioApi) -> None:
    for _ in range(20):
        api.record()
    api.page_size = 2
    with pytest.raises(Unknown, match="too_many"):
        await api.provider().find(MESSAGE, NOW, ())
    assert len(api.requests) == 5


async def test_a_record_without_its_text_is_no_answer(api: FakeTwilioApi) -> None:
    api.record(body="")  # the account has the texts of messages removed
    with pytest.raises(Unknown, match="text_hidden"):
        await api.provider().find(MESSAGE, NOW, ())


async def test_a_template_is_found_whatever_twilio_made_of_it(api: FakeTwilioApi) -> None:
    kept = api.record(body="as the phone shows it")
    message = Outgoing("r", MESSAGE.sender, MESSAGE.to, TEXT, template=Template("HX1", {"1": TEXT}))
    assert await api.provider().find(message, NOW, ()) == Sent(kept["sid"], "queued")
    assert await api.provider().find(message, NOW, [kept["sid"]]) is None


@pytest.mark.parametrize(
    "page",
    [
        {},
        {"messages": None},
        {"messages": ["x"]},
        {"messages": [{"date_created": "yesterday"}]},
        {"messages": [], "next_page_uri": "https://elsewhere.example/"},
    ],
)
async def test_an_answer_of_another_form_is_no_answer(api: FakeTwilioApi, page: dict[str, object]) -> None:
    api.trouble = lambda request: httpx.Response(200, json=page)
    with pytest.raises(Unknown, match="malformed"):
        await api.provider().find(MESSAGE, NOW, ())


async def test_when_twilio_cannot_be_asked_the_fate_stays_open(api: FakeTwilioApi) -> None:
    api.trouble = raising(httpx.ConnectError("x"))
    with pytest.raises(Refused) as refused:
        await api.provider().find(SMS, NOW, ())
    assert refused.value.may_retry
    api.trouble = lambda request: httpx.Response(500)
    with pytest.raises(Unknown):
        await api.provider().find(SMS, NOW, ())
