"""A screen as Twilio's document. Every address in it is absolute."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from twilio.twiml.voice_response import Gather, VoiceResponse

from channels.models import Language
from channels.phone.screen import CallState, Said, Screen
from channels.settings import Settings

PATH = "/webhooks/twilio/voice"
VOICE = "Polly.Aditi"  # one voice for both, so that the caller talks to one assistant
_KEY_WHILE_WAITING: Mapping[str, Any] = {"input": "dtmf", "num_digits": 1, "timeout": 1}
_HINTS = Path(__file__).with_name("hints")


def locale(language: Language) -> str:
    return "en-IN" if language == "en" else "hi-IN"


def document(screen: Screen, state: CallState, step: int, settings: Settings) -> str:
    """`step`: the number of this screen in its call; the answer to it comes back with it."""
    response = VoiceResponse()
    action = f"{settings.public_url}{PATH}/{screen.then}?step={step}"
    if screen.then in ("person", "end"):
        _speak(response, screen, state)
        _go_on(response, screen, action, settings)
    else:
        gather = Gather(action=action, method="POST", **_listening(screen, state, settings))
        _speak(gather, screen, state)
        response.append(gather)
        response.redirect(action, method="POST")  # nothing heard: the same step, or the next look for the answer
    return str(response)


def _go_on(response: Any, screen: Screen, action: str, settings: Settings) -> None:
    if screen.then == "person":
        dial = response.dial(action=action, method="POST", timeout=settings.phone_ring_seconds)
        dial.number(dialled(settings.helpline_number))
    else:
        response.hangup()


def dialled(number: str) -> str:
    """`1800-1800-888` -> `+9118001800888`."""
    digits = "".join(each for each in number if each.isdigit())
    return f"+{digits}" if number.strip().startswith("+") else f"+91{digits}"


def _speak(verb: Any, screen: Screen, state: CallState) -> None:
    for said in (*screen.first, *screen.says, *screen.asks):
        _say(verb, said, state.slow)


def _say(verb: Any, said: Said, slow: bool) -> None:
    language = locale(said.language)
    if slow:
        verb.say(voice=VOICE, language=language).prosody(said.text, rate="slow")
    else:
        verb.say(said.text, voice=VOICE, language=language)


def _listening(screen: Screen, state: CallState, settings: Settings) -> Mapping[str, Any]:
    if screen.then == "wait":
        return _KEY_WHILE_WAITING
    options: dict[str, Any] = {
        "input": "dtmf" if screen.keys == "only" else "dtmf speech",
        "timeout": settings.phone_silence_seconds,
        "action_on_empty_result": True,
    }
    # A lone key answers at once; a number is ended with the hash key, or by a pause.
    options |= {"finish_on_key": "#"} if screen.keys == "many" else {"num_digits": 1}
    return options if screen.keys == "only" else options | _recognition(state.language, settings)


def _recognition(language: Language, settings: Settings) -> dict[str, Any]:
    """Twilio takes `auto` only where no model is named (its warning 13335)."""
    model = settings.speech_model
    return {
        "language": locale(language),
        "hints": hints(locale(language)[:2]),
        "profanity_filter": False,  # it stars out innocent words
        "speech_timeout": str(settings.speech_pause_seconds) if model else "auto",
        **({"speech_model": model} if model else {}),
    }


@lru_cache(maxsize=2)
def hints(language: str) -> str:
    """Names to be expected; `python -m knowledge hints` makes the files."""
    return ",".join((_HINTS / f"{language}.txt").read_text(encoding="utf-8").split("\n")).strip(",")
