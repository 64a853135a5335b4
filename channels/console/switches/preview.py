"""What a channel that is off says, in each language and as the channel carries it."""

from collections.abc import Mapping
from dataclasses import dataclass

from channels.models import Channel, Language
from channels.render import render
from channels.sentences import CHANNEL_OFF, Sentences

LANGUAGES: tuple[Language, ...] = ("hi", "hi-Latn", "en")


@dataclass(frozen=True)
class Shown:
    """`segments`: of an SMS; 0 where nobody counts them."""

    language: Language
    text: str
    segments: int


def usual(sentences: Sentences) -> dict[Language, str]:
    return {language: sentences.text(CHANNEL_OFF, language) for language in LANGUAGES}


def shown(sentences: Sentences, channel: Channel, own: Mapping[str, str]) -> list[Shown]:
    return [_one(sentences, channel, language, own.get(language)) for language in LANGUAGES]


def _one(sentences: Sentences, channel: Channel, language: Language, own: str | None) -> Shown:
    (reply,) = sentences.replies(CHANNEL_OFF, [language])
    parts = render(channel, [reply.model_copy(update={"text": own or reply.text})]).parts
    segments = sum(part.segments for part in parts) if channel == "sms" else 0
    return Shown(language, "\n".join(part.text for part in parts), segments)
