"""A registered mobile number, kept out of logs by its type."""

import re
from dataclasses import dataclass

from knowledge.amounts.tokens import latin_digits

_SIGNS = re.compile(r"[\s().\-/]+")
_MOBILE = re.compile(r"(?:whatsapp:)?(?:\+?91|0)?([6-9]\d{9}|50000000\d{2})", re.ASCII)
_MADE_UP = "50000000"


@dataclass(frozen=True)
class Mobile:
    """Ten digits. Its text and its repr say only how it ends."""

    digits: str

    def __str__(self) -> str:
        return f"********{self.digits[-2:]}"

    def __repr__(self) -> str:
        return f"Mobile({self})"

    @property
    def international(self) -> str:
        return f"+91{self.digits}"

    @property
    def is_made_up(self) -> bool:
        """No Indian mobile begins with 5: these hundred are for demonstrations and tests, and reach nobody."""
        return self.digits.startswith(_MADE_UP)


def read(text: str) -> Mobile | None:
    """An Indian mobile number however it is written, with +91, 0, spaces, or as WhatsApp names a sender."""
    found = _MOBILE.fullmatch(_SIGNS.sub("", latin_digits(text).strip().lower()))
    return Mobile(found[1]) if found else None
