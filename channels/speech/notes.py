"""Voice notes as delivery asks for them: fetched, decoded and written down, one after the other in a thread."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import httpx

from channels.delivery.inbox import Media
from channels.delivery.speech import Heard, NotNow
from channels.logs import log, where
from channels.memory import Recent
from channels.models import Language
from channels.settings import Settings
from channels.speech.audio import NoSound, Sound, decoded
from channels.speech.fetching import Fetching, NotOurs, Store
from channels.speech.whisper import Whisper

MOST_WAITING = 4  # so that the notes of a few leave room for the turns of the others
LEAST_CONFIDENCE = 0.35  # below it not even worth reading back
_REMEMBERED = 50


class Transcriber(Protocol):
    def hear(self, sound: Sound, language: Language | None) -> tuple[str, float]: ...


class VoiceNotes:
    """A SpeechToText."""

    def __init__(self, fetching: Fetching, transcriber: Transcriber, sure: float, most_seconds: float) -> None:
        self._fetching, self._transcriber = fetching, transcriber
        self._sure, self._most_seconds = sure, most_seconds
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="speech")
        self._waiting = 0
        self._known: Recent[tuple[Heard | None]] = Recent(_REMEMBERED)  # while the bot is asked again

    async def hear(self, media: Media, language: Language | None) -> Heard | None:
        known = self._known.get(media.url)
        if known is not None:
            return known[0]
        try:
            heard = await self._hear(media, language)
        except (NotOurs, NoSound) as error:
            log.warning("voice_note_not_heard", reason=error.reason)
            heard = None
        self._known.put(media.url, (heard,))
        return heard

    async def _hear(self, media: Media, language: Language | None) -> Heard | None:
        if self._waiting >= MOST_WAITING:
            raise NotNow("busy")
        self._waiting += 1
        try:
            content = await self._fetching.get(media.url)
            loop = asyncio.get_running_loop()
            words, confidence = await loop.run_in_executor(self._thread, self._listen, content, language)
        finally:
            self._waiting -= 1
        if not words or confidence < LEAST_CONFIDENCE:
            return None
        return Heard(words, confidence >= self._sure)

    def _listen(self, content: bytes, language: Language | None) -> tuple[str, float]:
        try:
            return self._transcriber.hear(decoded(content, self._most_seconds), language)
        except NoSound:
            raise
        except Exception as error:
            log.error("speech_broken", error=type(error).__name__, where=where(error))
            raise NotNow("broken") from None

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)


def voice_notes(settings: Settings, client: httpx.AsyncClient) -> VoiceNotes | None:
    """None while it is switched off. Raises SettingsError."""
    if not settings.speech_to_text_model or not settings.twilio_account_sid:
        return None
    if find_spec("faster_whisper") is None:
        log.warning("speech_off", reason="faster-whisper is not installed")
        return None
    store = Store(settings.twilio_api_url, settings.twilio_account_sid, settings.twilio_auth_token)
    whisper = Whisper(Path(settings.speech_to_text_model).expanduser())
    return VoiceNotes(
        Fetching(store, client), whisper, settings.speech_to_text_confidence, settings.speech_to_text_seconds
    )
