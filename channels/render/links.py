"""Takes addresses out of a text: they cannot be spoken, and an SMS in India may not carry them."""

import re

from channels.models import Language
from channels.render.words import EMAIL, WEBSITE

_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_LINK = (
    r"(?:https?://|www\.)[^\s<>()\[\]]*[^\s<>()\[\].,;:!?।]"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov\.in|nic\.in|org\.in|co\.in|in|com|org|net)\b(?:/[^\s<>()\[\]]*[^\s<>()\[\].,;:!?।])?"
)
_BARE_SCHEME = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*(?:{_LINK}|{_EMAIL})\s*[)\]]", re.IGNORECASE)
_ANY_EMAIL = re.compile(_EMAIL)
_ANY_LINK = re.compile(_LINK, re.IGNORECASE)

# Ours to a letter: the one address that is worth its characters anywhere it can be read.
_TO_LETTER = re.compile(r"(https?://[^\s<>()\[\]]+/letters/[A-Za-z0-9_-]{43}\.pdf)")


def without_links_but_letters(text: str, language: Language) -> str:
    pieces = _TO_LETTER.split(text)
    return "".join(piece if i % 2 else without_links(piece, language) for i, piece in enumerate(pieces))


def without_links(text: str, language: Language) -> str:
    """Addresses in brackets go, the others become a word for what they are."""
    text = _IN_BRACKETS.sub("", text)
    text = _ANY_EMAIL.sub(EMAIL[language], text)
    text = _ANY_LINK.sub(WEBSITE[language], text)
    return _BARE_SCHEME.sub("", text)


def addresses(text: str) -> list[str]:
    """The web addresses of a text, as they are written in it, none twice."""
    return list(dict.fromkeys(_ANY_LINK.findall(_ANY_EMAIL.sub(" ", text))))


def letter_in(text: str, public_url: str) -> str | None:
    """The first letter of ours that the text links to."""
    found = _TO_LETTER.search(text)
    return found[1] if found and found[1].startswith(public_url.rstrip("/") + "/letters/") else None
