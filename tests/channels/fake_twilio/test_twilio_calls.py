"""A call: the gateway's TwiML is heard as text and answered with keys, speech or silence."""

from typing import Any

import pytest
from fake_network import ANITA, Fake
from stub_gateway import StubGateway

VOICE = "/webhooks/twilio/voice"
GATHER = """<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say language="hi-IN" voice="Polly.Aditi">नमस्ते, <prosody rate="slow">ओडीओपी</prosody> सहायक।</Say>
  <Gather action="voice/turn?n=1" input="dtmf speech" numDigits="1" hints="बाँदा, आगरा"><Say>बोलिए</Say></Gather>
  <Say>कुछ सुनाई नहीं दिया।</Say>
  <Redirect>/webhooks/twilio/voice/again</Redirect>
</Response>"""
BYE = "<Response><Say>धन्यवाद</Say><Hangup/><Say>never</Say></Response>"


async def begin(fake: Fake) -> dict[str, Any]:
    response = await fake.http.post("/calls", json={"from": ANITA})
    assert response.status_code == 201, response.text
    call: dict[str, Any] = response.json()
    return call


async def give(fake: Fake, call: dict[str, Any], **given: Any) -> dict[str, Any]:
    response = await fake.http.post(f"/calls/{call['sid']}/input", json=given)
    assert response.status_code == 200, response.text
    after: dict[str, Any] = response.json()
    return after


def texts(call: dict[str, Any]) -> list[str]:
    return [line["text"] for line in call["heard"]]


async def test_a_call_is_heard_until_it_waits_for_the_caller(fake: Fake, gateway: StubGateway) -> None:
    gateway.twiml[VOICE] = GATHER
    call = await begin(fake)
    assert texts(call) == ["नमस्ते, ओडीओपी सहायक।", "बोलिए"]
    assert call["heard"][0]["language"] == "hi-IN"
    assert call["waits_for"]["numDigits"] == "1"
    first = gateway.came[0]
    assert first.signed
    expected = {"CallSid": call["sid"], "From": ANITA, "CallStatus": "ringing", "Direction": "inbound"}
    assert expected.items() <= first.fields.items()


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"digits": "1"}, {"Digits": "1"}),
        ({"speech": "हिंदी", "confidence": 0.25}, {"SpeechResult": "हिंदी", "Confidence": "0.25000000"}),
    ],
)
async def test_keys_and_speech_go_to_the_action(
    fake: Fake, gateway: StubGateway, given: dict[str, Any], fields: dict[str, str]
) -> None:
    gateway.twiml |= {VOICE: GATHER, "/webhooks/twilio/voice/turn": BYE}
    call = await give(fake, await begin(fake), **given)
    turn = gateway.came[1]
    assert turn.signed and turn.query == "n=1"
    assert (fields | {"CallStatus": "in-progress"}).items() <= turn.fields.items()
    assert texts(call)[-1] == "धन्यवाद"
    assert (call["status"], call["waits_for"]) == ("completed", None)
    assert gateway.came[-1].fields["CallStatus"] == "completed"


async def test_silence_goes_on_with_the_next_verb(fake: Fake, gateway: StubGateway) -> None:
    gateway.twiml |= {VOICE: GATHER, "/webhooks/twilio/voice/again": GATHER}
    call = await give(fake, await begin(fake), silence=True)
    assert texts(call)[3] == "कुछ सुनाई नहीं दिया।"
    assert gateway.came[-1].path == "/webhooks/twilio/voice/again"
    assert call["waits_for"]["kind"] == "gather"


async def test_silence_goes_to_the_action_that_asks_for_it(fake: Fake, gateway: StubGateway) -> None:
    asks = GATHER.replace("<Gather ", '<Gather actionOnEmptyResult="true" ')
    gateway.twiml |= {VOICE: asks, "/webhooks/twilio/voice/turn": BYE}
    await give(fake, await begin(fake), silence=True)
    assert {"SpeechResult": "", "Digits": ""}.items() <= gateway.came[1].fields.items()


async def test_a_dialled_call_ends_as_the_tester_says(fake: Fake, gateway: StubGateway) -> None:
    dial = '<Response><Dial action="/webhooks/twilio/voice/dialled"><Number>+911800</Number></Dial></Response>'
    gateway.twiml |= {VOICE: dial, "/webhooks/twilio/voice/dialled": BYE}
    call = await begin(fake)
    assert call["heard"][-1] == {"kind": "dial", "text": "+911800"}
    refused = await fake.http.post(f"/calls/{call['sid']}/input", json={"digits": "1"})
    assert refused.status_code == 409
    await give(fake, call, dialled="no-answer")
    assert gateway.came[1].fields["DialCallStatus"] == "no-answer"


@pytest.mark.parametrize("document", ["<Response>", "<html/>", "plain text"])
async def test_what_is_no_twiml_ends_the_call_as_twilio_does(fake: Fake, gateway: StubGateway, document: str) -> None:
    gateway.twiml[VOICE] = document
    call = await begin(fake)
    assert call["status"] == "completed"
    assert "application error" in texts(call)[0]
    assert "12100" in texts(call)[1]


async def test_a_refusing_gateway_ends_the_call(fake: Fake, gateway: StubGateway) -> None:
    gateway.answers = [403]
    assert "11200" in texts(await begin(fake))[1]


async def test_redirects_in_a_circle_end(fake: Fake, gateway: StubGateway) -> None:
    gateway.twiml[VOICE] = f"<Response><Redirect>{VOICE}</Redirect></Response>"
    call = await begin(fake)
    assert call["status"] == "completed"
    assert "too many redirects" in texts(call)[-1]


async def test_an_unknown_verb_is_shown_and_passed_over(fake: Fake, gateway: StubGateway) -> None:
    gateway.twiml[VOICE] = '<Response><Sms to="x">लिंक</Sms><Pause/><Say>आगे</Say></Response>'
    assert texts(await begin(fake)) == ["<Sms> लिंक", "आगे"]


async def test_the_caller_hangs_up_once(fake: Fake, gateway: StubGateway) -> None:
    gateway.twiml[VOICE] = GATHER
    call = await begin(fake)
    for _ in range(2):
        ended = (await fake.http.post(f"/calls/{call['sid']}/hangup")).json()
    assert ended["status"] == "completed"
    assert [came.path for came in gateway.came].count(f"{VOICE}/status") == 1


@pytest.mark.parametrize(
    ("attributes", "keys", "digits"),
    [
        ("", "98765#1", "98765"),
        ('finishOnKey="*"', "98#*", "98#"),
        ('finishOnKey=""', "9#", "9#"),
        ('numDigits="2"', "987", "98"),
    ],
)
async def test_a_gather_takes_the_keys_it_asks_for(
    fake: Fake, gateway: StubGateway, attributes: str, keys: str, digits: str
) -> None:
    gateway.twiml[VOICE] = f"<Response><Gather {attributes}/></Response>"
    await give(fake, await begin(fake), digits=keys)
    assert gateway.came[1].fields["Digits"] == digits


async def test_the_end_key_alone_is_silence(fake: Fake, gateway: StubGateway) -> None:
    gateway.twiml[VOICE] = "<Response><Gather/><Say>next</Say></Response>"
    assert texts(await give(fake, await begin(fake), digits="#"))[-1] == "next"
    assert "Digits" not in gateway.came[-1].fields


@pytest.mark.parametrize(
    ("listens", "given"),
    [("", {"speech": "हाँ"}), ('input="dtmf"', {"speech": "हाँ"}), ('input="speech"', {"digits": "1"})],
)
async def test_a_gather_hears_only_what_it_listens_to(
    fake: Fake, gateway: StubGateway, listens: str, given: dict[str, str]
) -> None:
    gateway.twiml[VOICE] = f"<Response><Gather {listens}/></Response>"
    call = await begin(fake)
    assert (await fake.http.post(f"/calls/{call['sid']}/input", json=given)).status_code == 409


@pytest.mark.parametrize("wrong", [{}, {"digits": "1", "silence": True}, {"digits": "a"}, {"dialled": "maybe"}])
async def test_an_input_is_one_of_the_four(fake: Fake, gateway: StubGateway, wrong: dict[str, Any]) -> None:
    gateway.twiml[VOICE] = GATHER
    call = await begin(fake)
    assert (await fake.http.post(f"/calls/{call['sid']}/input", json=wrong)).status_code == 422
