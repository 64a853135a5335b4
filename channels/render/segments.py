"""How SMS counts: GSM-7 with its extension table, or UCS-2, in one segment or several."""

import unicodedata
from collections.abc import Callable

from channels.models import Part

# GSM 03.38: the default alphabet, and the extension table, reached with an escape (two septets).
GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")

GSM_SINGLE, GSM_SPLIT = 160, 153
UCS_SINGLE, UCS_SPLIT = 70, 67

# Typographic characters that would turn a Latin text into UCS-2, at more than twice the price.
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "…": "...", "•": "-"}
    | {"₹": "Rs ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "→": "->", "×": "x", "\t": " "}
)


def is_gsm(text: str) -> bool:
    return all(character in GSM_BASIC or character in GSM_EXTENDED for character in text)


def plain(text: str) -> str:
    """The text in plain characters if that makes it GSM-7, else as it is."""
    candidate = unicodedata.normalize("NFC", text).translate(_PLAIN).replace("Rs  ", "Rs ")
    return candidate if is_gsm(candidate) else text


def measure_sms(text: str) -> Part:
    """Characters as the encoding counts them: an escape or a surrogate pair counts two."""
    if is_gsm(text):
        count, segments = _count(text, _septets, GSM_SINGLE, GSM_SPLIT)
        return Part(text=text, characters=count, encoding="GSM-7", segments=segments)
    count, segments = _count(text, utf16_units, UCS_SINGLE, UCS_SPLIT)
    return Part(text=text, characters=count, encoding="UCS-2", segments=segments)


def measure_plain(text: str) -> Part:
    """A channel that does not cut messages."""
    return Part(text=text, characters=len(text), encoding="UTF-8", segments=1)


def utf16_units(text: str) -> int:
    """Characters beyond the basic plane, such as emoji, take two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2  # much faster than to look at each


def _septets(character: str) -> int:
    return 2 if character in GSM_EXTENDED else 1


def _count(text: str, width: Callable[[str], int], single: int, split: int) -> tuple[int, int]:
    """The size of all, and the segments: a character of two is never cut in half."""
    widths = [width(character) for character in text]
    total = sum(widths)
    if total <= single:
        return total, 1 if total else 0
    segments, used = 1, 0
    for each in widths:
        if used + each > split:
            segments, used = segments + 1, 0
        used += each
    return total, segments
