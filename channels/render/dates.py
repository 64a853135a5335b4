"""Dates as people read them."""

import re

from channels.models import Language
from channels.render.words import MONTHS

_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def readable(as_of: str, language: Language) -> str:
    """`2025-07-15` -> `15 July 2025`, `2025-07` -> `July 2025`; anything else as it is."""
    match = _DATE.fullmatch(as_of.strip())
    if not match or not 1 <= int(match[2]) <= 12:
        return as_of
    return " ".join(_words(match[1], match[2], match[3], language))


def _words(year: str, month: str, day: str | None, language: Language) -> list[str]:
    start = [str(int(day))] if day else []
    return [*start, MONTHS[language][int(month) - 1], year]
