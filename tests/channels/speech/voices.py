"""What the tests listen with and to: a Whisper model that knows nothing, and voice notes as WhatsApp sends them."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from channels.speech.audio import RATE, Sound

_SPECIAL = ("en", "translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps")
_WORDS, _TIMES = 200, 1501
_WIDTH = 16


def tone(seconds: float) -> Sound:
    """Something between a hum and a voice."""
    at = np.arange(round(seconds * RATE)) / RATE
    loud = 0.5 + 0.5 * np.sin(2 * np.pi * 3 * at)
    return np.asarray(0.3 * loud * sum(np.sin(2 * np.pi * 140 * n * at) / n for n in range(1, 8)), dtype=np.float32)


def ogg(sound: Sound) -> bytes:
    """As WhatsApp packs a voice note: Opus in Ogg."""
    av = pytest.importorskip("av")
    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=48_000, layout="mono")
        resampler = av.AudioResampler(format="s16", layout="mono", rate=48_000)
        frame = av.AudioFrame.from_ndarray((sound * 32767).astype(np.int16)[None, :], format="s16", layout="mono")
        frame.rate = RATE
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return file.getvalue()


def _tokens() -> list[str]:
    special = ("endoftext", "startoftranscript", *_SPECIAL)
    times = (f"{number * 0.02:.2f}" for number in range(_TIMES))
    return [*(f"w{number}" for number in range(_WORDS)), *(f"<|{each}|>" for each in (*special, *times))]


def random_model(folder: Path) -> Path:
    """A Whisper for English of one small layer with random weights, as CTranslate2 keeps one."""
    from ctranslate2.specs import WhisperSpec

    tokens, random = _tokens(), np.random.default_rng(7)
    spec = WhisperSpec(1, 2, 1, 2)
    for name, shape in _shapes(len(tokens)).items():
        spec_part, _, last = name.rpartition(".")
        setattr(_part(spec, spec_part), last, random.normal(0, 0.3, shape).astype(np.float32))
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids, spec.config.suppress_ids_begin, spec.config.alignment_heads = [], [], [(0, 0)]
    spec.validate()
    folder.mkdir(exist_ok=True)
    spec.save(str(folder))
    _save_tokenizer(tokens, folder)
    return folder


def _shapes(words: int) -> dict[str, tuple[int, ...]]:
    """Of every weight."""
    shapes: dict[str, tuple[int, ...]] = {
        "encoder.conv1.weight": (_WIDTH, 80, 3),
        "encoder.conv1.bias": (_WIDTH,),
        "encoder.conv2.weight": (_WIDTH, _WIDTH, 3),
        "encoder.conv2.bias": (_WIDTH,),
        "encoder.position_encodings.encodings": (1500, _WIDTH),
        "decoder.position_encodings.encodings": (448, _WIDTH),
        "decoder.embeddings.weight": (words, _WIDTH),
        "decoder.projection.weight": (words, _WIDTH),
    }
    for side, attentions in (("encoder", ["self_attention"]), ("decoder", ["self_attention", "attention"])):
        shapes |= _normed(f"{side}.layer_norm") | _layer(f"{side}.layer.0", attentions)
    return shapes


def _layer(name: str, attentions: list[str]) -> dict[str, tuple[int, ...]]:
    shapes = _normed(f"{name}.ffn.layer_norm")
    shapes |= _linear(f"{name}.ffn.linear_0", 2, 1) | _linear(f"{name}.ffn.linear_1", 1, 2)
    for each in attentions:
        widths = (3, 1) if each == "self_attention" else (1, 2, 1)
        shapes |= _normed(f"{name}.{each}.layer_norm")
        for number, width in enumerate(widths):
            shapes |= _linear(f"{name}.{each}.linear.{number}", width, 1)
    return shapes


def _normed(name: str) -> dict[str, tuple[int, ...]]:
    return {f"{name}.{each}": (_WIDTH,) for each in ("gamma", "beta")}


def _linear(name: str, out: int, into: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (out * _WIDTH, into * _WIDTH), f"{name}.bias": (out * _WIDTH,)}


def _part(spec: Any, name: str) -> Any:
    for step in name.split("."):
        spec = spec[int(step)] if step.isdecimal() else getattr(spec, step)
    return spec


def _save_tokenizer(tokens: list[str], folder: Path) -> None:
    from tokenizers import AddedToken, Tokenizer
    from tokenizers.models import WordLevel

    tokenizer = Tokenizer(WordLevel({token: number for number, token in enumerate(tokens)}, unk_token="w0"))
    tokenizer.add_special_tokens([AddedToken(each, special=True) for each in tokens if each.startswith("<|")])
    tokenizer.save(str(folder / "tokenizer.json"))
