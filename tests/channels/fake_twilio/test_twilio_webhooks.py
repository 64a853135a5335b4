"""What the fake brings to the gateway: signed webhooks and status callbacks, with and without faults."""

import asyncio
from typing import Any

import httpx
import pytest
from fake_network import ANITA, ON_WHATSAPP, SMS, WHATSAPP, Fake
from stub_gateway import PUBLIC, StubGateway

CALLBACK = f"{PUBLIC}/webhooks/twilio/status?m=ref-1"


async def test_a_whatsapp_message_is_signed_for_the_public_address(fake: Fake, gateway: StubGateway) -> None:
    message = await fake.inbound(body="लोन चाहिए", profile_name="अनीता")
    came = gateway.webhooks()[0]
    assert came.signed
    expected = {"From": ON_WHATSAPP, "To": WHATSAPP, "Body": "लोन चाहिए", "NumMedia": "0", "ProfileName": "अनीता"}
    expected |= {"WaId": ANITA[1:], "MessageSid": message["sid"], "SmsStatus": "received", "MessageType": "text"}
    assert expected.items() <= came.fields.items()
    assert message["attempts"] == ["200"]


async def test_an_sms_has_the_fields_of_an_sms(fake: Fake, gateway: StubGateway) -> None:
    await fake.inbound(ANITA)
    fields = gateway.webhooks()[0].fields
    assert (fields["To"], fields["FromCountry"]) == (SMS, "IN")
    assert not {"ProfileName", "WaId"} & set(fields)


async def test_a_wrong_token_makes_a_wrong_signature(gateway: StubGateway) -> None:
    other = Fake(gateway, twilio_auth_token="another")
    await other.inbound()
    assert not gateway.webhooks()[0].signed


@pytest.mark.parametrize("status", [500, 503])
async def test_after_a_5xx_it_comes_once_more_with_the_same_token(
    fake: Fake, gateway: StubGateway, status: int
) -> None:
    gateway.answers = [status]
    assert (await fake.inbound())["attempts"] == [str(status), "200"]
    first, second = gateway.webhooks()
    assert first.token and first.token == second.token
    assert first.fields == second.fields


async def test_it_is_not_tried_a_third_time_nor_after_a_4xx(fake: Fake, gateway: StubGateway) -> None:
    gateway.answers = [500, 500, 403]
    assert (await fake.inbound())["attempts"] == ["500", "500"]
    assert (await fake.inbound())["attempts"] == ["403"]


async def test_after_a_time_out_it_comes_once_more(gateway: StubGateway) -> None:
    class Slow(httpx.AsyncBaseTransport):
        calls = 0

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            self.calls += 1
            if self.calls == 1:
                assert request.extensions["timeout"]["read"] == 15
                raise httpx.ReadTimeout("slow")
            return await httpx.ASGITransport(gateway.app).handle_async_request(request)

    fake = Fake(gateway)
    fake.network.line._http._transport = Slow()
    assert (await fake.inbound())["attempts"] == ["no answer", "200"]


async def test_copies_of_one_message_come_at_the_same_time(fake: Fake, gateway: StubGateway) -> None:
    message = await fake.inbound(copies=50)
    assert len(gateway.webhooks()) == 50
    assert {came.fields["MessageSid"] for came in gateway.webhooks()} == {message["sid"]}


async def test_twice_is_the_same_message_twice(fake: Fake, gateway: StubGateway) -> None:
    await fake.set_faults(webhook_twice=1)
    await fake.inbound()
    first, second = gateway.webhooks()
    assert (first.fields, first.token) == (second.fields, second.token)


async def test_out_of_order_lets_the_next_go_first(fake: Fake, gateway: StubGateway) -> None:
    await fake.set_faults(webhook_out_of_order=1, webhook_out_of_order_seconds=3600)
    held = asyncio.create_task(fake.inbound(body="first"))
    while not fake.network.inbound._waiting:
        await asyncio.sleep(0)
    await fake.set_faults()
    await fake.inbound(body="second")
    await asyncio.wait_for(held, 10)
    assert [came.fields["Body"] for came in gateway.webhooks()] == ["second", "first"]


async def test_media_can_be_fetched_with_credentials_only(fake: Fake, gateway: StubGateway) -> None:
    sid = (await fake.http.post("/media", content=b"OggS", headers={"Content-Type": "audio/ogg"})).json()["sid"]
    await fake.inbound(body="", media=[sid])
    fields = gateway.webhooks()[0].fields
    assert (fields["NumMedia"], fields["MediaContentType0"], fields["MessageType"]) == ("1", "audio/ogg", "audio")
    path = httpx.URL(fields["MediaUrl0"]).path
    led = await fake.http.get(path)
    assert led.status_code == 307, "the file lies elsewhere"
    fake.http.auth = None  # type: ignore[assignment]
    stored = await fake.http.get(led.headers["location"])
    assert (stored.content, stored.headers["content-type"]) == (b"OggS", "audio/ogg")
    assert (await fake.http.get(path)).status_code == 401


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("quick-reply", {"ButtonPayload": "entry:x", "ButtonText": "कैसे?", "MessageType": "button"}),
        ("list-picker", {"ListId": "entry:x", "ListTitle": "कैसे?", "MessageType": "interactive"}),
    ],
)
async def test_a_tapped_choice_comes_with_its_id(
    fake: Fake, gateway: StubGateway, kind: str, fields: dict[str, str]
) -> None:
    await fake.inbound(body="कैसे?", chosen={"id": "entry:x", "title": "कैसे?", "kind": kind})
    assert fields.items() <= gateway.webhooks()[0].fields.items()


@pytest.mark.parametrize("sender", ["98765", "sms:+919876543210", "IN.abc"])
async def test_a_sender_that_is_no_address_is_an_error_of_the_tester(fake: Fake, sender: str) -> None:
    assert (await fake.http.post("/inbound", json={"from": sender, "body": "x"})).status_code == 422


# ---- STOP, as Twilio itself takes it


async def test_stop_by_sms_ends_all_messages_and_start_brings_them_back(fake: Fake, gateway: StubGateway) -> None:
    await fake.inbound(ANITA, body=" Stop ")
    assert len(gateway.webhooks()) == 1
    assert (await fake.send()).json()["code"] == 21610
    await fake.inbound(ANITA, body="START")
    assert (await fake.send()).status_code == 201
    replies = (await fake.http.get("/messages", params={"direction": "outbound-reply"})).json()["messages"]
    assert len(replies) == 2


@pytest.mark.parametrize(("sender", "body"), [(ON_WHATSAPP, "STOP"), (ANITA, "please stop"), (ANITA, "yes")])
async def test_other_words_and_whatsapp_opt_nobody_out(fake: Fake, sender: str, body: str) -> None:
    await fake.inbound(sender, body=body)
    assert (await fake.http.get(f"/contacts/{sender}")).json()["opted_out"] is False
    assert (await fake.http.get("/messages", params={"direction": "outbound"})).json()["messages"] == []


# ---- status callbacks


async def send(fake: Fake, **fields: Any) -> dict[str, Any]:
    await fake.inbound()
    sent = await fake.send(To=ON_WHATSAPP, From=WHATSAPP, StatusCallback=CALLBACK, **fields)
    return await fake.message(sent.json()["sid"])


async def test_a_message_is_queued_sent_delivered_and_on_whatsapp_read(fake: Fake, gateway: StubGateway) -> None:
    sent = await send(fake)
    assert gateway.statuses() == ["queued", "sent", "delivered", "read"]
    last = gateway.came[-1]
    assert last.signed and last.query == "m=ref-1"
    expected = {"MessageSid": sent["sid"], "To": ON_WHATSAPP, "ChannelPrefix": "whatsapp", "EventType": "READ"}
    assert expected.items() <= last.fields.items()


async def test_an_sms_is_never_read(fake: Fake, gateway: StubGateway) -> None:
    sent = await fake.send(StatusCallback=CALLBACK)
    assert (await fake.message(sent.json()["sid"]))["status"] == "delivered"
    assert gateway.statuses() == ["queued", "sent", "delivered"]


async def test_a_failure_comes_with_its_code(fake: Fake, gateway: StubGateway) -> None:
    await fake.set_faults(fails=1, fails_with=30003)
    assert (await send(fake))["status"] == "undelivered"
    assert gateway.came[-1].fields["ErrorCode"] == "30003"


async def test_callbacks_are_shuffled_and_repeated_while_the_message_itself_is_not(
    fake: Fake, gateway: StubGateway
) -> None:
    await fake.set_faults(status_shuffled=1, status_twice=1, seed=1)
    assert (await send(fake))["status"] == "read"
    told = gateway.statuses()
    assert sorted(told) == sorted(["queued", "sent", "delivered", "read"] * 2)
    assert told[::2] != ["queued", "sent", "delivered", "read"]


async def test_a_late_callback_does_not_hold_up_the_message(fake: Fake, gateway: StubGateway) -> None:
    await fake.set_faults(status_late=1, status_late_seconds=3600)
    await fake.inbound()
    sid = (await fake.send(To=ON_WHATSAPP, From=WHATSAPP, StatusCallback=CALLBACK)).json()["sid"]
    message = fake.network.ledger.get(sid)
    while message and message.status != "read":
        await asyncio.sleep(0)
    assert gateway.statuses() == []
