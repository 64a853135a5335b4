"""The whole way of a voice note: from the (fake) Twilio over the real decoder to the words."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

pytest.importorskip("faster_whisper")

import structlog
from gateway_settings import settings
from pydantic import SecretStr
from voices import ogg, tone

from channels.delivery.inbox import Media
from channels.delivery.speech import Heard, NotNow
from channels.errors import SettingsError
from channels.fake_twilio.app import create_app
from channels.fake_twilio.settings import ACCOUNT, FakeSettings
from channels.speech import notes
from channels.speech.audio import RATE, Sound
from channels.speech.fetching import Fetching, Store
from channels.speech.notes import VoiceNotes, voice_notes

TOKEN = "a-token-of-the-tests"
FAKE = {"environment": "development", "twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN}


class Stand:
    """A transcriber that says what it is told to, once it may."""

    def __init__(self, words: str = "loan chahiye", confidence: float = 0.9) -> None:
        self.words, self.confidence = words, confidence
        self.heard: list[Sound] = []
        self.may = threading.Event()
        self.may.set()
        self.at_once = self.most_at_once = 0

    def hear(self, sound: Sound, language: Any) -> tuple[str, float]:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.heard.append(sound)
        self.may.wait(10)
        self.at_once -= 1
        return self.words, self.confidence


class Provider:
    """The fake Twilio, and a gateway's ear at it."""

    def __init__(self) -> None:
        self.app = create_app(FakeSettings(_env_file=None, **FAKE))  # type: ignore[call-arg,arg-type]
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app))
        self.own = self.app.state.network.settings.own

    def media(self, content: bytes, kind: str = "audio/ogg") -> Media:
        """As it stands in a webhook."""
        sid = self.app.state.network.keep_media(kind, content)
        return Media(f"{self.own}/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/{sid}", kind)

    def ear(self, stand: Any, token: str = TOKEN) -> VoiceNotes:
        store = Store(self.own, ACCOUNT, SecretStr(token))
        return VoiceNotes(Fetching(store, self.client), stand, sure=0.6, most_seconds=30)


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    made = Provider()
    yield made
    await made.client.aclose()


async def test_a_voice_note_is_fetched_with_our_credentials_and_heard(provider: Provider) -> None:
    stand = Stand()
    assert await provider.ear(stand).hear(provider.media(ogg(tone(2))), "hi") == Heard("loan chahiye", is_sure=True)
    assert abs(stand.heard[0].size - 2 * RATE) < RATE / 10


async def test_with_wrong_credentials_nothing_is_heard(provider: Provider) -> None:
    assert await provider.ear(Stand(), token="another").hear(provider.media(ogg(tone(1))), None) is None


@pytest.mark.parametrize(
    ("confidence", "found"),
    [(0.9, Heard("loan", True)), (0.6, Heard("loan", True)), (0.5, Heard("loan", False)), (0.2, None)],
)
async def test_the_less_sure_the_more_careful(provider: Provider, confidence: float, found: Heard | None) -> None:
    assert await provider.ear(Stand("loan", confidence)).hear(provider.media(ogg(tone(1))), None) == found


@pytest.mark.parametrize("content", [b"OggS", b"no sound at all", ogg(tone(31))])
async def test_what_is_no_voice_note_is_not_understood_and_never_heard(provider: Provider, content: bytes) -> None:
    stand = Stand()
    assert await provider.ear(stand).hear(provider.media(content), None) is None
    assert stand.heard == []


async def test_one_is_heard_at_a_time_while_everything_else_goes_on(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "MOST_WAITING", 3)
    stand = Stand()
    stand.may.clear()
    ear = provider.ear(stand)
    waiting = [asyncio.create_task(ear.hear(provider.media(ogg(tone(1))), None)) for _ in range(3)]
    async with asyncio.timeout(10):
        while not stand.heard:
            await asyncio.sleep(0.01)  # this loop runs while somebody is heard
    with pytest.raises(NotNow, match="busy"):
        await ear.hear(provider.media(ogg(tone(1))), None)
    stand.may.set()
    assert await asyncio.gather(*waiting) == [Heard("loan chahiye", True)] * 3
    assert stand.most_at_once == 1


async def test_while_the_bot_is_asked_again_the_note_is_not_heard_again(provider: Provider) -> None:
    stand = Stand()
    ear, media = provider.ear(stand), provider.media(ogg(tone(1)))
    assert await ear.hear(media, None) == await ear.hear(media, None)
    assert len(stand.heard) == 1


async def test_a_model_that_breaks_is_tried_again_later_and_no_word_is_in_the_log(provider: Provider) -> None:
    class Broken:
        def hear(self, sound: Sound, language: Any) -> tuple[str, float]:
            raise RuntimeError("mera aadhaar")

    with structlog.testing.capture_logs() as lines, pytest.raises(NotNow):
        await provider.ear(Broken()).hear(provider.media(ogg(tone(1))), None)
    assert [line["event"] for line in lines] == ["speech_broken"] and "aadhaar" not in str(lines)


# ---- switching it on


def test_it_is_off_unless_a_model_is_named(tmp_path: Path) -> None:
    client = httpx.AsyncClient()
    account = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN}
    assert voice_notes(settings(**account), client) is None
    with pytest.raises(SettingsError, match="SPEECH_TO_TEXT_MODEL"):
        voice_notes(settings(**account, speech_to_text_model=str(tmp_path)), client)
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).touch()
    on = voice_notes(settings(**account, speech_to_text_model=str(tmp_path)), client)
    assert on is not None
    on.close()


def test_without_the_library_it_stays_off_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "find_spec", lambda name: None)
    named = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN, "speech_to_text_model": str(tmp_path)}
    with structlog.testing.capture_logs() as lines:
        assert voice_notes(settings(**named), httpx.AsyncClient()) is None
    assert [line["event"] for line in lines] == ["speech_off"]
