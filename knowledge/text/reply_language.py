"""The language a reply is written in; one rule for scripted sentences and for answers."""

from collections.abc import Iterable

from knowledge.text.language import HINDI, SERVED


def reply_language(preferred: str | None, detected_newest_first: Iterable[str | None]) -> str:
    """What the user asked for, else the newest message that told its language, else Hindi."""
    candidates = (preferred, *detected_newest_first)
    return next((code for code in candidates if code in SERVED), HINDI)
