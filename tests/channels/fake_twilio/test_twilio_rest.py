"""The REST API: accepted, refused and listed as Twilio does."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fake_network import ANITA, MESSAGES, ON_WHATSAPP, SMS, WHATSAPP, Fake
from stub_gateway import TOKEN

from channels.fake_twilio.settings import ACCOUNT

FIELDS = {
    "account_sid", "api_version", "body", "date_created", "date_sent", "date_updated", "direction", "error_code",
    "error_message", "from", "messaging_service_sid", "num_media", "num_segments", "price", "price_unit", "sid",
    "status", "subresource_uris", "to", "uri",
}  # fmt: skip


async def test_a_message_is_accepted_as_queued_in_the_shape_of_the_real_one(fake: Fake) -> None:
    response = await fake.send(Body="न" * 71)
    body = response.json()
    assert response.status_code == 201
    assert set(body) == FIELDS
    assert body["sid"].startswith("SM") and len(body["sid"]) == 34
    assert (body["status"], body["direction"], body["num_segments"]) == ("queued", "outbound-api", "2")
    assert body["date_created"] == "Sat, 31 Jan 2026 12:00:00 +0000"
    assert body["uri"] == f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{body['sid']}.json"


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"To": None}, 400, 21604),
        ({"From": None}, 400, 21603),
        ({"Body": None}, 400, 21602),
        ({"Body": "न" * 1601}, 400, 21617),
        ({"To": "98765"}, 400, 21211),
        ({"To": "whatsapp:98765", "From": WHATSAPP}, 400, 21211),
        ({"To": "IN.abc123"}, 400, 21211),  # business-scoped ids are WhatsApp's
        ({"From": "+15551112222"}, 400, 21606),
        ({"To": ON_WHATSAPP, "From": "whatsapp:+15551112222"}, 400, 63007),
        ({"From": WHATSAPP}, 400, 21910),
        ({"MediaUrl": "letters/1.pdf"}, 400, 21620),
        ({"StatusCallback": "status"}, 400, 21609),
        ({"ContentSid": "HX1"}, 400, 21655),
        ({"ContentSid": "HX" + "0" * 32, "ContentVariables": "{"}, 400, 21656),
    ],
)
async def test_what_twilio_refuses_is_refused_with_its_code(
    fake: Fake, fields: dict[str, Any], status: int, code: int
) -> None:
    response = await fake.send(**fields)
    body = response.json()
    assert (response.status_code, body["code"], body["status"]) == (status, code, status)
    assert body["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert body["message"]
    assert not list(fake.network.ledger.newest_first())


async def test_1600_characters_are_accepted(fake: Fake) -> None:
    assert (await fake.send(Body="न" * 1600)).status_code == 201


@pytest.mark.parametrize("auth", [None, (ACCOUNT, "wrong"), ("AC" + "0" * 32, TOKEN)])
async def test_nobody_sends_without_the_right_credentials(fake: Fake, auth: tuple[str, str] | None) -> None:
    fake.http.auth = auth  # type: ignore[assignment]
    response = await fake.send()
    assert (response.status_code, response.json()["code"]) == (401, 20003)
    assert (await fake.http.get(MESSAGES)).status_code == 401


async def test_credentials_open_their_own_account_only(fake: Fake) -> None:
    assert (await fake.http.get(MESSAGES.replace(ACCOUNT, "AC" + "0" * 32))).status_code == 401


async def test_one_message_is_found_by_its_id_and_another_is_not(fake: Fake) -> None:
    sid = (await fake.send()).json()["sid"]
    assert (await fake.message(sid))["sid"] == sid
    missing = await fake.http.get(MESSAGES.replace(".json", f"/SM{'0' * 32}.json"))
    assert (missing.status_code, missing.json()["code"]) == (404, 20404)


async def listed(fake: Fake, **query: Any) -> dict[str, Any]:
    response = await fake.http.get(MESSAGES, params=query)
    assert response.status_code == 200, response.text
    page: dict[str, Any] = response.json()
    return page


async def test_a_list_is_the_newest_first_and_asks_for_to_from_and_time(fake: Fake) -> None:
    await fake.send(Body="one")
    await fake.later(hours=1)
    await fake.send(Body="two")
    await fake.send(Body="three", To="+919000000001")

    def bodies(page: dict[str, Any]) -> list[str]:
        return [message["body"] for message in page["messages"]]

    assert bodies(await listed(fake)) == ["three", "two", "one"]
    assert bodies(await listed(fake, To=ANITA, From=SMS)) == ["two", "one"]
    assert bodies(await listed(fake, From=WHATSAPP)) == []
    assert bodies(await listed(fake, **{"To": ANITA, "DateSent>": "2026-01-31T12:30:00Z"})) == ["two"]
    assert bodies(await listed(fake, **{"DateSent>": "2026-01-31"})) == ["three", "two", "one"]
    assert bodies(await listed(fake, **{"DateSent<": "2026-01-31T12:30:00Z"})) == ["one"]
    assert bodies(await listed(fake, DateSent="2026-02-01")) == []


async def test_a_list_is_read_page_by_page(fake: Fake) -> None:
    for number in range(5):
        await fake.send(Body=str(number))
    seen, address = [], f"{MESSAGES}?PageSize=2&To=%2B{ANITA[1:]}"
    while address:
        page = (await fake.http.get(address)).json()
        seen += [message["body"] for message in page["messages"]]
        address = page["next_page_uri"]
    assert seen == ["4", "3", "2", "1", "0"]
    assert page["previous_page_uri"] and page["page"] == 2


async def test_who_opted_out_gets_nothing_until_they_opt_in(fake: Fake) -> None:
    await fake.http.put(f"/contacts/{ANITA}", json={"opted_out": True})
    response = await fake.send()
    assert (response.status_code, response.json()["code"]) == (400, 21610)
    await fake.http.put(f"/contacts/{ANITA}", json={"opted_out": False})
    assert (await fake.send()).status_code == 201


async def test_free_text_outside_24_hours_is_accepted_and_fails_afterwards(fake: Fake) -> None:
    await fake.inbound()
    await fake.later(hours=23)
    inside = (await fake.send(To=ON_WHATSAPP, From=WHATSAPP)).json()
    assert (await fake.message(inside["sid"]))["status"] == "read"
    await fake.later(hours=1)
    outside = await fake.send(To=ON_WHATSAPP, From=WHATSAPP)
    assert (outside.status_code, outside.json()["status"], outside.json()["error_code"]) == (201, "queued", None)
    failed = await fake.message(outside.json()["sid"])
    assert (failed["status"], failed["error_code"]) == ("failed", 63016)
    assert failed["error_message"]


async def test_an_approved_template_goes_out_at_any_time_and_one_for_sessions_does_not(fake: Fake) -> None:
    for number, approved in ((1, True), (2, False)):
        sid = f"HX{number:032x}"
        await fake.http.put(f"/templates/{sid}", json={"body": "नमस्ते {{1}}", "approved": approved})
        fields = {"ContentSid": sid, "ContentVariables": '{"1": "अनीता"}', "Body": None}
        sent = (await fake.send(To=ON_WHATSAPP, From=WHATSAPP, **fields)).json()
        assert sent["body"] == "नमस्ते अनीता"
        assert (await fake.message(sent["sid"]))["error_code"] == (None if approved else 63016)


async def test_an_id_that_is_no_number_is_written_to_like_any_other(fake: Fake) -> None:
    scoped = "whatsapp:IN.abc123"
    assert "WaId" not in fake.network.inbound.fields(fake.network.desk.new("inbound", scoped, WHATSAPP, "x"))
    await fake.inbound(scoped)
    assert (await fake.send(To=scoped, From=WHATSAPP)).status_code == 201


async def test_the_diary_has_every_request_with_its_outcome(fake: Fake) -> None:
    await fake.send()
    await fake.send(To="x")
    events = (await fake.http.get("/events", params={"kind": "rest"})).json()["events"]
    assert [(event["method"], event["outcome"]) for event in events] == [("POST", 201), ("POST", 400)]
    assert datetime.fromisoformat(events[0]["at"]).tzinfo == UTC


async def test_the_ledger_keeps_the_newest(fake: Fake, gateway: Any) -> None:
    small = Fake(gateway, fake_twilio_remembers=3)
    for number in range(5):
        await small.send(Body=str(number))
    kept: httpx.Response = await small.http.get("/messages")
    assert [each["body"] for each in kept.json()["messages"]] == ["2", "3", "4"]
    assert len((await small.http.get("/events")).json()["events"]) == 3
