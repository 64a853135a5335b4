"""What goes wrong when it is told to, and only then."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
import uvicorn
from fake_network import ANITA, MESSAGES, ON_WHATSAPP, SMS, Fake, fake_settings
from stub_gateway import TOKEN
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from channels.fake_twilio.app import create_app
from channels.fake_twilio.faults import Dice, Faults
from channels.fake_twilio.messages import current_time
from channels.fake_twilio.settings import ACCOUNT


async def test_nothing_goes_wrong_unasked(fake: Fake) -> None:
    off = (await fake.http.delete("/faults")).json()
    chances = {name for name, value in off.items() if isinstance(value, float) and "seconds" not in name}
    assert chances and not any(off[name] for name in chances)


async def test_too_many_requests_says_when_to_come_back(fake: Fake) -> None:
    await fake.set_faults(answer_429=1, retry_after=7)
    response = await fake.send()
    assert (response.status_code, response.json()["code"]) == (429, 20429)
    assert response.headers["retry-after"] == "7"
    assert not list(fake.network.ledger.newest_first())


@pytest.mark.parametrize("status", [500, 503])
async def test_failing_answers_accept_nothing(fake: Fake, status: int) -> None:
    await fake.set_faults(**{f"answer_{status}": 1})
    assert (await fake.send()).status_code == status
    assert (await fake.http.get(MESSAGES)).status_code == status
    assert not list(fake.network.ledger.newest_first())


async def test_a_500_may_come_for_a_message_that_goes_out(fake: Fake) -> None:
    await fake.set_faults(answer_500_after_accepting=1)
    assert (await fake.send()).status_code == 500
    assert len(list(fake.network.ledger.newest_first())) == 1


@pytest.mark.parametrize("wrong", [{"answer_429": 2}, {"anwser_429": 1}, {"retry_after": -1}])
async def test_a_fault_that_is_none_is_refused(fake: Fake, wrong: dict[str, float]) -> None:
    assert (await fake.http.put("/faults", json=wrong)).status_code == 422


def test_the_same_seed_throws_the_same() -> None:
    def throws() -> list[bool]:
        dice = Dice(Faults(seed=7, answer_500=0.5))
        return [dice.falls("answer_500") for _ in range(50)]

    assert throws() == throws()
    assert 10 < sum(throws()) < 40


# ---- over a real connection


@pytest.fixture
def served() -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(fake_settings()), log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


@pytest.mark.parametrize(("fault", "accepted"), [("silent_after_accepting", 1), ("silent_before_accepting", 0)])
def test_silence_ends_in_a_time_out_and_the_list_tells_what_became_of_it(
    served: str, fault: str, accepted: int
) -> None:
    with httpx.Client(base_url=served, auth=(ACCOUNT, TOKEN)) as http:
        http.put("/faults", json={fault: 1})
        with pytest.raises(httpx.ReadTimeout):
            http.post(MESSAGES, data={"To": ANITA, "From": SMS, "Body": "x"}, timeout=0.3)
        assert len(http.get(MESSAGES).json()["messages"]) == accepted


class Rerouted(TwilioHttpClient):  # type: ignore[misc]
    """Twilio's own client, led to the fake."""

    def __init__(self, to: str) -> None:
        super().__init__()
        self._to = to

    def request(self, method: str, url: str, *args: object, **kwargs: object) -> object:
        return super().request(method, url.replace("https://api.twilio.com", self._to), *args, **kwargs)


def test_twilios_own_library_understands_the_fake(served: str) -> None:
    client = Client(ACCOUNT, TOKEN, http_client=Rerouted(served))
    sent = client.messages.create(to=ANITA, from_=SMS, body="नमस्ते")
    assert (sent.status, sent.direction, sent.error_code) == ("queued", "outbound-api", None)
    assert client.messages(sent.sid).fetch().body == "नमस्ते"
    since = current_time() - timedelta(minutes=1)
    for _ in range(3):
        client.messages.create(to=ANITA, from_=SMS, body="और")
    found = client.messages.list(to=ANITA, from_=SMS, date_sent_after=since, page_size=2)
    assert [message.body for message in found] == ["और", "और", "और", "नमस्ते"]
    assert abs(found[0].date_created - current_time()) < timedelta(seconds=30)
    assert client.messages.list(to=ON_WHATSAPP) == []


async def test_late_webhooks_are_late(fake: Fake) -> None:
    await fake.set_faults(webhook_late=1, webhook_late_seconds=3600)
    response = await fake.http.post("/inbound", json={"from": ANITA, "body": "x"})
    assert response.json()["attempts"] == []
    await asyncio.sleep(0)
    assert (await fake.http.get("/events", params={"kind": "webhook"})).json()["events"] == []
