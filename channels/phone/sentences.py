"""What the gateway itself says on the telephone, read as data from the bot's response files."""

from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from channels.errors import SettingsError
from channels.models import Language
from channels.phone.screen import Said
from channels.render import voice

PREFIX = "utter_phone_"
_LANGUAGES = ("hi", "hi-Latn", "en")
# Every sentence, with the gaps it must have.
GAPS: dict[str, set[str]] = {
    **{
        key: set()
        for key in (
            "greeting", "ask", "anything_else", "more", "by_keys", "link", "link_by_word", "link_sent", "link_not_sent",
            "link_no_number", "not_heard", "wrong_key", "keys", "say_again", "slower", "wait", "unavailable",
            "connecting", "not_connected", "call_back", "with_staff", "goodbye", "zero", "mark", "mark_noted",
        )
    },
    "choice": {"title", "number"},
    "choice_by_word": {"title"},
    "link_text": {"links"},
    "confirm": {"words"},
}  # fmt: skip


class PhoneSentences:
    """One text for each key and language. A call in Hinglish is spoken in Hindi, which the voice reads better."""

    def __init__(self, texts: dict[tuple[str, str], str]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, path: Path) -> "PhoneSentences":
        """Raises SettingsError when the file, a key, a language or a gap is missing, or there is one too many."""
        texts = _read(path)
        for key, gaps in GAPS.items():
            for language in _LANGUAGES:
                text = texts.get((key, language))
                if not text or _gaps(text) != gaps:
                    raise SettingsError(
                        f"{path.name}: {PREFIX}{key} in {language} must be there with gaps {sorted(gaps)}"
                    )
        if unknown := {key for key, _ in texts} - set(GAPS):
            raise SettingsError(f"{path.name}: nobody says {', '.join(sorted(unknown))}")
        return cls(texts)

    def say(self, key: str, language: Language, **gaps: str) -> Said:
        """To be spoken: numbers as they are said."""
        spoken: Language = "en" if language == "en" else "hi"
        text = self._texts[key, spoken].format(**gaps)  # first: the voice's rules take braces out
        return Said(text=voice.spoken(text, spoken), language=spoken)

    def write(self, key: str, language: Language, **gaps: str) -> str:
        """To be read."""
        return self._texts[key, language].format(**gaps)


def _read(path: Path) -> dict[tuple[str, str], str]:
    try:
        responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        return {
            (key.removeprefix(PREFIX), _language(variant)): str(variant["text"]).strip()
            for key, variants in responses.items()
            for variant in variants
        }
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"{path} cannot be used for the telephone ({type(error).__name__})") from None


def _language(variant: dict[str, Any]) -> str:
    conditions = variant.get("condition")
    return str(conditions[0]["value"]) if conditions else "en"


def _gaps(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"?"}
