"""Dates and speech as staff need them."""

import re

from channels.console import words
from channels.render.voice import spoken

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")


def dated(date: str, language: str) -> str:
    """As exact as it is known: "21.11.2026", "2025", "about 2022-23"."""
    day = _DAY.fullmatch(date)
    if day:
        return f"{day[3]}.{day[2]}.{day[1]}"
    return " ".join(_word(word, language) for word in date.split())


def _word(word: str, language: str) -> str:
    return words.say(language, f"ask.date_{word}") if words.has(f"ask.date_{word}") else word


def aloud(text: dict[str, str], speech: dict[str, str] | None = None) -> dict[str, str]:
    """In Hindi and English, as it is to be read out."""
    return speech or {"hi": spoken(text["hi"], "hi"), "en": spoken(text["en"], "en")}


def latin_digits(text: str) -> str:
    return text.translate(_DIGITS)
