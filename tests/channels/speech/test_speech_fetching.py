"""The file of a voice note: from the provider alone, and never more than a voice note."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from pydantic import SecretStr

from channels.delivery.speech import NotNow
from channels.speech import fetching
from channels.speech.fetching import Fetching, NotOurs, Store

API = "https://api.twilio.com"
MEDIA = f"{API}/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"
OGG = {"Content-Type": "audio/ogg"}
Answer = Callable[[httpx.Request], httpx.Response]


def fetch(answer: Answer, url: str = MEDIA, seconds: float = 5.0) -> bytes:
    async def get() -> bytes:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
            return await Fetching(Store(API, "AC1", SecretStr("token")), client, seconds).get(url)

    return asyncio.run(get())


def refusal(answer: Answer, url: str = MEDIA) -> str:
    with pytest.raises(NotOurs) as told:
        fetch(answer, url)
    return told.value.reason


def sound(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers=OGG, content=b"OggS")


def test_our_credentials_reach_the_provider_and_not_where_it_leads() -> None:
    asked: list[tuple[str, bool]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append((request.url.host, "authorization" in request.headers))
        if request.url.host == "api.twilio.com":
            return httpx.Response(307, headers={"Location": "https://media.twiliocdn.com/AC1/ME1?sig=1"})
        return sound(request)

    assert fetch(answer) == b"OggS"
    assert asked == [("api.twilio.com", True), ("media.twiliocdn.com", False)]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/m", "http://api.twilio.com/m", "https://eviltwilio.com/m", "http://127.0.0.1:8000/m",
        "https://api.twilio.com.evil.example/m", "file:///etc/passwd", "https://api.twilio.com@evil.example/m", "x",
    ],
)  # fmt: skip
def test_nothing_is_fetched_from_elsewhere_even_if_the_provider_leads_there(url: str) -> None:
    asked: list[httpx.Request] = []

    def lead(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(307, headers={"Location": url})

    assert refusal(sound, url) == "elsewhere"
    if url != "x":  # that is a path of the provider
        assert refusal(lead) == "elsewhere" and len(asked) == 1


def test_an_endless_chain_is_not_followed() -> None:
    assert refusal(lambda _: httpx.Response(307, headers={"Location": MEDIA})) == "redirects"


@pytest.mark.parametrize("kind", ["text/html", "image/jpeg", "", "application/json"])
def test_only_sound_is_taken(kind: str) -> None:
    assert refusal(lambda _: httpx.Response(200, headers={"Content-Type": kind}, content=b"x")) == "type"


def test_a_file_that_is_too_large_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    assert refusal(lambda _: httpx.Response(200, headers=OGG, content=bytes(1001))) == "size"


def test_a_file_that_is_gone_is_no_voice_note() -> None:
    assert refusal(lambda _: httpx.Response(404)) == "http_404"


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_a_provider_in_trouble_is_asked_again_later(status: int) -> None:
    with pytest.raises(NotNow):
        fetch(lambda _: httpx.Response(status))


def test_a_provider_that_does_not_answer_is_not_waited_for() -> None:
    async def slow(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        return httpx.Response(200)

    with pytest.raises(NotNow, match="TimeoutError"):
        fetch(slow, seconds=0.05)  # type: ignore[arg-type]
