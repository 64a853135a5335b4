"""What a person makes, in the words around it, where the gazetteer knows no such product: "I make pickle at home"."""

import re

from actions.dialogue.message import sound

_WORD = r"[\w\u0900-\u0963]+"
_MADE = (
    re.compile(rf"\b(?:i|we)\s+(?:make|produce|prepare)\s+({_WORD})", re.IGNORECASE),
    re.compile(rf"({_WORD})\s+(?:banata|banati|banate|banaate|banaati|banaata)\b", re.IGNORECASE),
    re.compile(rf"({_WORD})\s+(?:बनाता|बनाती|बनाते)(?![\w\u0900-\u0963])"),
)
# No product: "kya banate hain", "main saman banata hun", "I make it at home".
_NONE = frozenset(map(sound, (
    "kya", "jo", "wo", "woh", "ye", "yeh", "yahi", "wahi", "main", "mai", "hum", "nahi", "kuch", "kuchh", "sab",
    "saman", "samaan", "maal", "product", "products", "utpad", "cheez", "cheezein", "odop", "kaam", "khud", "apna",
    "apne", "ghar", "mein", "par", "se", "bhi", "hi", "the", "a", "an", "it", "this", "that", "them", "these", "those",
    "my", "our", "some", "many", "all", "things", "goods", "items", "money", "profit", "hath", "hand",
)))  # fmt: skip


def product_of(text: str) -> str | None:
    """One word; None where none is named."""
    found = (made[1].lower() for pattern in _MADE for made in pattern.finditer(text))
    return next((word for word in found if sound(word) not in _NONE), None)
