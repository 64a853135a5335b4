"""The language a reply is written in; one rule for scripted sentences and for answers."""

from collections.abc import Iterable

from knowledge.text.language import HINDI, HINGLISH, SERVED

_TELLS = 3  # words in Latin letters: "namaste" and "ok bye" are said in every language


def reply_language(
    preferred: str | None, detected_newest_first: Iterable[str | None], typed_newest_first: Iterable[str] = ()
) -> str:
    """What the user asked for, else the newest message that told its language.

    Where none told, Latin letters in what was typed get Hinglish and anything else Hindi. Taps on buttons are
    not typed and must not be among the texts.
    """
    candidates = (preferred, *detected_newest_first)
    with_letters = (text for text in typed_newest_first if any(c.isalpha() for c in text))
    typed_latin = any("a" <= c <= "z" for c in next(with_letters, "").lower())
    return next((code for code in candidates if code in SERVED), HINGLISH if typed_latin else HINDI)


def in_dialogue(now: str, kept: object, text: str) -> str:
    """`kept`: the language of the dialogue the message is in; it stays where the message tells little."""
    tells = len(text.split()) >= _TELLS or not text.isascii()
    return now if tells or kept not in SERVED else str(kept)
