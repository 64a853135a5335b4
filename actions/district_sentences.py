"""The bot's own sentences about districts, in every language at once: for staff, who read two side by side."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from rasa_sdk.executor import CollectingDispatcher

from actions import district_reply, turn
from knowledge.district_question import DistrictQuestion
from knowledge.paths import SENTENCES

LANGUAGES = ("hi", "hi-Latn", "en")


@dataclass(frozen=True)
class Sentence:
    """`short`: for SMS, where there is a shorter one. `choices`: districts to choose from."""

    text: dict[str, str]
    short: dict[str, str]
    sources: dict[str, list[dict[str, Any]]]
    choices: tuple[str, ...]


def sentence(question: DistrictQuestion) -> Sentence | None:
    """None where the bot would ask for the user's own district."""
    if question.kind == "own_district":
        return None
    said = {language: _said(question, language) for language in LANGUAGES}
    custom = {language: one["custom"] or {} for language, one in said.items()}
    text = {language: _text(one, language) for language, one in said.items()}
    return Sentence(
        text,
        {language: custom[language].get("short") or text[language] for language in LANGUAGES},
        {language: custom[language].get("sources") or [] for language in LANGUAGES},
        tuple(turn.of_kind("district", (button["payload"] for button in said["en"]["buttons"]))),
    )


def _said(question: DistrictQuestion, language: str) -> dict[str, Any]:
    dispatcher = CollectingDispatcher()
    district_reply.reply(dispatcher, question, language)
    said: dict[str, Any] = dispatcher.messages[0]
    return said


def _text(said: dict[str, Any], language: str) -> str:
    return _templates()[said["response"]][language].format(**said)


@lru_cache(maxsize=1)
def _templates() -> dict[str, dict[str, str]]:
    read = yaml.safe_load((SENTENCES / "district_answers.yml").read_text(encoding="utf-8"))["responses"]
    return {key: {_language(variant): variant["text"] for variant in variants} for key, variants in read.items()}


def _language(variant: dict[str, Any]) -> str:
    """The variant without a condition is the English one."""
    return str(variant["condition"][0]["value"]) if "condition" in variant else "en"
