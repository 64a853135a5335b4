"""A widget's token names its session, sealed: the page that holds it cannot read or change which one."""

import uuid
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from pydantic import TypeAdapter, ValidationError

from channels.sealing import ciphers

PURPOSE = b"odop widget session"


@dataclass(frozen=True)
class Visit:
    """One conversation on one site. `begun` in seconds since 1970: a session does not live for ever by renewals."""

    session_id: str
    origin: str
    begun: int


_VISIT = TypeAdapter(Visit)


def new_visit(origin: str, now: datetime) -> Visit:
    return Visit("w" + uuid.uuid4().hex, origin, int(now.timestamp()))


class Tokens:
    def __init__(self, secret: str, lives: timedelta, renewable: timedelta) -> None:
        self._cipher = ciphers(PURPOSE, secret)
        self._lives, self._renewable = int(lives.total_seconds()), int(renewable.total_seconds())

    @property
    def seconds(self) -> int:
        """How long one is taken."""
        return self._lives

    def seal(self, visit: Visit, now: datetime) -> str:
        text = _VISIT.dump_json(visit)
        return self._cipher.encrypt_at_time(text, int(now.timestamp())).decode()

    def read(self, token: str, now: datetime) -> Visit | None:
        """None: not ours, changed, or too old."""
        return self._opened(token, self._lives, now)

    def renew(self, token: str, now: datetime) -> Visit | None:
        """Too old to be taken is not too old for a new one, until the session itself is."""
        visit = self._opened(token, self._renewable, now)
        return visit if visit and visit.begun + self._renewable >= now.timestamp() else None

    def _opened(self, token: str, seconds: int, now: datetime) -> Visit | None:
        """One from a moment to come is new: the clock has been put back since it was made."""
        try:
            text = self._cipher.decrypt_at_time(token.encode(), seconds, max(int(now.timestamp()), _made(token)))
            return _VISIT.validate_json(text)
        except (InvalidToken, ValidationError, ValueError):
            return None


def _made(token: str) -> int:
    """When, in seconds since 1970: Fernet writes it behind its first byte, under its signature."""
    return int.from_bytes(urlsafe_b64decode(token)[1:9], "big")
