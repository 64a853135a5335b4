"""The gateway's own fixed sentences, read as data from the bot's response files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import yaml

from channels.bot_models import BotReply
from channels.errors import SettingsError
from channels.models import Language, Outcome

UNAVAILABLE = "utter_unavailable"
TOO_LONG = "utter_too_long"
RATE_LIMITED = "utter_rate_limited"
ASSISTANT_AGAIN = "utter_assistant_again"
STAFF_SILENT = "utter_staff_silent"
NOTED = "utter_mark_noted"
CHANNEL_OFF = "utter_channel_off"
TOO_MANY = "utter_too_many"

OUTCOMES: dict[str, Outcome] = {
    UNAVAILABLE: "unavailable",
    TOO_LONG: "not_understood",
    RATE_LIMITED: "unavailable",
    ASSISTANT_AGAIN: "with_staff",
    STAFF_SILENT: "with_staff",
    NOTED: "small_talk",
    CHANNEL_OFF: "unavailable",
    TOO_MANY: "unavailable",
}


class Sentences:
    """One text for each key and language."""

    def __init__(self, texts: dict[tuple[str, str], str]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, path: Path) -> "Sentences":
        """Raises SettingsError when the file, a key or a language is missing."""
        texts = texts_of(path, OUTCOMES, "SENTENCES_FILE")
        for key in OUTCOMES:
            for language in get_args(Language):
                if not texts.get((key, language)):
                    raise SettingsError(f"{path.name} has no {key} in {language}")
        return cls(texts)

    def text(self, key: str, language: Language) -> str:
        return self._texts[key, language]

    def replies(self, key: str, languages: list[Language]) -> list[BotReply]:
        """The sentence, once in each of the languages."""
        return [
            BotReply(text=self._texts[key, language], language=language, outcome=OUTCOMES[key])
            for language in languages
        ]


def texts_of(path: Path, keys: Iterable[str], setting: str) -> dict[tuple[str, str], str]:
    """The texts by key and language, as far as they are there."""
    try:
        responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        return {
            (key, _language(variant)): str(variant["text"]).strip()
            for key in keys
            for variant in reversed(responses.get(key, []))  # of two variants the first counts
        }
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"{path} cannot be used as {setting} ({type(error).__name__})") from None


def _language(variant: dict[str, Any]) -> str:
    """The value of the condition on the slot `language`; without one it is the default, English."""
    for condition in variant.get("condition", []):
        if condition.get("name") == "language":
            return str(condition["value"])
    return "en"
