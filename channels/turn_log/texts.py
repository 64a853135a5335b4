"""What was asked, as it is kept: without personal numbers, and sealed, because a name may still stand in it."""

from cryptography.fernet import InvalidToken

from channels.privacy import redact
from channels.sealing import ciphers
from channels.written import one_line

TEXTS = b"odop unanswered text"
_LONGEST = 400


class Texts:
    def __init__(self, secret: str) -> None:
        self._cipher = ciphers(TEXTS, secret)

    def seal(self, text: str) -> str:
        """Redacted as a whole first: a number cut off in the middle would not be known for one."""
        return self._cipher.encrypt(redact(one_line(text))[:_LONGEST].encode()).decode()

    def open(self, sealed: str | None) -> str:
        """Empty where it was sealed with another CONTACT_SEAL_KEY."""
        try:
            return self._cipher.decrypt(sealed).decode() if sealed else ""
        except (InvalidToken, ValueError):
            return ""
