"""A draft as each channel will show it, and how much of each limit it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from channels.bot_models import BotReply
from channels.console.content.form import LANGUAGES
from channels.models import Channel, ChannelView
from channels.render import render
from channels.render.segments import measure_sms

CHANNELS: tuple[Channel, ...] = ("web", "whatsapp", "sms", "voice")


@dataclass(frozen=True)
class Preview:
    language: str
    views: dict[Channel, ChannelView]


def previews(replies: Mapping[str, Any]) -> list[Preview]:
    """Of each language that has an answer already."""
    written = [(code, BotReply.model_validate(reply)) for code, reply in replies.items() if reply["text"]]
    return [Preview(code, {channel: render(channel, [reply]) for channel in CHANNELS}) for code, reply in written]


@dataclass(frozen=True)
class Count:
    """`key` of the sentence, what it counts, and whether it is too much."""

    field: str
    key: str
    count: int
    most: int
    segments: int = 0

    @property
    def is_over(self) -> bool:
        return self.count > self.most


def counts(data: Mapping[str, Any], limits: Mapping[str, Any]) -> list[Count]:
    """For the fields that have a limit."""
    return [count for code in LANGUAGES for count in _of_language(data, limits, code)]


def _of_language(data: Mapping[str, Any], limits: Mapping[str, Any], code: str) -> list[Count]:
    title, answer, short = (" ".join(data[key].get(code, "").split()) for key in ("title", "answer", "short"))
    sms = measure_sms(short)
    return [
        Count(f"title.{code}", "characters", len(title), limits["title"]),
        Count(f"answer.{code}", "words", len(answer.split()), limits["answer"]),
        Count(f"short.{code}", "segments", sms.characters, limits["short"][code], sms.segments),
        Count(f"questions.{code}", "questions", len(data["questions"].get(code, [])), 300),
    ]
