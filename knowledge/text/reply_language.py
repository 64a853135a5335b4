"""The language a reply is written in; one rule for scripted sentences and for answers."""

from collections.abc import Iterable

from knowledge.text.language import HINDI, HINGLISH, SERVED


def reply_language(preferred: str | None, detected_newest_first: Iterable[str | None], text: str = "") -> str:
    """What the user asked for, else the newest message that told its language.

    Where none told, Latin letters in `text` get Hinglish and anything else Hindi.
    """
    candidates = (preferred, *detected_newest_first)
    typed_latin = any("a" <= c <= "z" for c in text.lower())
    return next((code for code in candidates if code in SERVED), HINGLISH if typed_latin else HINDI)
