"""A file as WhatsApp sends it, through the real decoder and a real model (that has learnt nothing)."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("faster_whisper")

import numpy as np
from voices import ogg, random_model, tone

from channels.errors import SettingsError
from channels.models import Language
from channels.speech.audio import RATE, NoSound, decoded
from channels.speech.whisper import Whisper


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_model(tmp_path_factory.mktemp("model"))


# ---- the sound of a file


def test_a_voice_note_of_whatsapp_is_decoded_as_whisper_takes_it() -> None:
    sound = decoded(ogg(tone(2)), most_seconds=10)
    assert sound.dtype == np.float32 and abs(sound.size - 2 * RATE) < RATE / 10
    assert 0.05 < np.abs(sound).mean() < 0.3


def test_more_than_somebody_says_at_once_is_not_read_to_its_end() -> None:
    with pytest.raises(NoSound) as told:
        decoded(ogg(tone(8)), most_seconds=5)
    assert told.value.reason == "too_long"


@pytest.mark.parametrize("content", [b"", b"OggS", b"<html>no</html>", bytes(5000), ogg(tone(1))[:40]])
def test_what_is_no_sound_is_told(content: bytes) -> None:
    with pytest.raises(NoSound):
        decoded(content, most_seconds=5)


def test_what_breaks_off_is_heard_as_far_as_it_goes() -> None:
    whole = ogg(tone(4))
    assert 0 < decoded(whole[: len(whole) // 2], most_seconds=10).size < 4 * RATE


# ---- the model


def test_a_model_is_loaded_and_hears_a_real_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows no word, and says so by its confidence."""
    everything = lambda sound, *_: [{"start": 0, "end": len(sound)}]  # noqa: E731
    monkeypatch.setattr("faster_whisper.transcribe.get_speech_timestamps", everything)
    words, confidence = Whisper(folder).hear(decoded(ogg(tone(2)), 10), "en")
    assert words.startswith("w") and 0 <= confidence < 0.2


def test_where_nobody_speaks_no_word_is_made_up(folder: Path) -> None:
    assert Whisper(folder).hear(np.zeros(3 * RATE, dtype=np.float32), "en") == ("", 0.0)


def test_a_model_of_english_alone_hears_nothing_of_who_writes_hindi(folder: Path) -> None:
    assert Whisper(folder).hear(tone(1), "hi") == ("", 0.0)


@pytest.mark.parametrize("missing", ["model.bin", "config.json", "tokenizer.json"])
def test_a_folder_without_a_whole_model_keeps_the_gateway_from_starting(tmp_path: Path, missing: str) -> None:
    for name in {"model.bin", "config.json", "tokenizer.json"} - {missing}:
        (tmp_path / name).touch()
    with pytest.raises(SettingsError, match=f"SPEECH_TO_TEXT_MODEL: .* no {missing}"):
        Whisper(tmp_path)


# ---- language and confidence, with a model that is told what to find


class Told:
    """Stands in for the library's model."""

    def __init__(self, chances: dict[str, float] | None = None, **segment: Any) -> None:
        self.model = SimpleNamespace(is_multilingual=True)
        self._chances = chances or {"hi": 1.0}
        usual = {"text": " लोन चाहिए", "start": 0.0, "end": 2.0, "avg_logprob": -0.1}
        self.segments = [SimpleNamespace(**(usual | {"compression_ratio": 1.1, "no_speech_prob": 0.0} | segment))]
        self.language = ""

    def detect_language(self, sound: Any) -> tuple[str, float, list[tuple[str, float]]]:
        return "", 0.0, list(self._chances.items())

    def transcribe(self, sound: Any, language: str, **_: Any) -> tuple[list[Any], None]:
        self.language = language
        return self.segments, None


def heard(folder: Path, told: Told, language: Language | None = None) -> tuple[str, float]:
    whisper = Whisper(folder)
    whisper.__dict__["_model"] = told
    return whisper.hear(tone(0.1), language)


@pytest.mark.parametrize(
    ("chances", "own", "taken"),
    [
        ({"hi": 0.7, "en": 0.2}, None, "hi"), ({"en": 0.6, "hi": 0.3}, None, "en"), ({"fr": 1.0}, None, "hi"),
        ({"ur": 0.6, "hi": 0.3, "en": 0.05}, None, "hi"), ({"en": 0.6, "hi": 0.4}, "hi", "hi"),
        ({"en": 0.6, "hi": 0.4}, "hi-Latn", "hi"), ({"hi": 0.6, "en": 0.4}, "en", "en"),
        ({"en": 0.95, "hi": 0.02}, "hi", "en"), ({"ur": 0.9, "en": 0.05}, "en", "hi"),
    ],
)  # fmt: skip
def test_the_language_is_the_persons_own_unless_the_voice_surely_speaks_the_other(
    folder: Path, chances: dict[str, float], own: Language | None, taken: str
) -> None:
    told = Told(chances)
    heard(folder, told, own)
    assert told.language == taken


def test_how_sure_the_model_is_counts_and_what_repeats_itself_counts_for_nothing(folder: Path) -> None:
    assert heard(folder, Told(avg_logprob=0.0)) == ("लोन चाहिए", 1.0)
    assert heard(folder, Told(avg_logprob=-1.0))[1] == pytest.approx(0.37, abs=0.01)
    assert heard(folder, Told(compression_ratio=3.0))[1] == 0.0
    assert heard(folder, Told(no_speech_prob=0.9)) == ("", 0.0)
