"""What is said, by a Whisper model in CTranslate2's form, on the processor alone."""

import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from channels.errors import SettingsError
from channels.models import Language
from channels.speech.audio import Sound
from common import telemetry

Spoken = Literal["hi", "en"]
# With the tokenizer missing faster-whisper would fetch one from the network.
_FILES = ("model.bin", "config.json", "tokenizer.json")
_THREADS = 2
_SURELY = 0.8  # heard so clearly, the language is another than the one the person wrote in
_REPEATS = 2.4  # text that can be packed so well says the same again and again: the model has lost its way
_NO_SPEECH = 0.6


class Whisper:
    """Each of its methods takes seconds: for a thread, one at a time."""

    def __init__(self, folder: Path) -> None:
        """Raises SettingsError."""
        self._folder = folder
        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise SettingsError(f"SPEECH_TO_TEXT_MODEL: {folder} is no Whisper model for CTranslate2: no {missing[0]}")

    @cached_property
    def _model(self) -> Any:
        telemetry.off()  # of onnxruntime, which it brings
        from faster_whisper import WhisperModel

        return WhisperModel(str(self._folder), device="cpu", compute_type="int8", cpu_threads=_THREADS)

    def hear(self, sound: Sound, language: Language | None) -> tuple[str, float]:
        """The words, and from 0 to 1 how sure the model is of them."""
        spoken = self._spoken(sound, language)
        if spoken is None:
            return "", 0.0
        segments, _ = self._model.transcribe(
            sound,
            language=spoken,
            temperature=0.0,  # no guessing anew where it is not sure
            condition_on_previous_text=False,
            vad_filter=True,
            without_timestamps=True,
        )
        heard = [each for each in segments if each.no_speech_prob < _NO_SPEECH]
        return " ".join(each.text.strip() for each in heard).strip(), _confidence(heard)

    def _spoken(self, sound: Sound, language: Language | None) -> Spoken | None:
        """The person's own language, unless the sound is surely in the other. None: this model knows only English."""
        own: Spoken | None = None if language is None else "en" if language == "en" else "hi"
        if not self._model.model.is_multilingual:
            return None if own == "hi" else "en"
        _, _, chances = self._model.detect_language(sound)
        hindi = _hindi(dict(chances))
        if own is None or abs(hindi - 0.5) > _SURELY - 0.5:
            return "hi" if hindi >= 0.5 else "en"
        return own


def _hindi(chances: dict[str, float]) -> float:
    """Of Hindi against English. By ear Urdu is the same language, and the model often takes one for the other."""
    hindi, english = chances.get("hi", 0.0) + chances.get("ur", 0.0), chances.get("en", 0.0)
    return hindi / (hindi + english) if hindi + english else 0.5


def _confidence(segments: Sequence[Any]) -> float:
    """The chance of an average piece of a word; none at all for what repeats itself."""
    if not segments or any(each.compression_ratio > _REPEATS for each in segments):
        return 0.0
    weights = [max(each.end - each.start, 0.1) for each in segments]
    mean = sum(each.avg_logprob * weight for each, weight in zip(segments, weights, strict=True)) / sum(weights)
    return math.exp(min(mean, 0.0))
