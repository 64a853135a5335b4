"""Letters, kept for some hours. The link's token is nowhere stored, and only it opens its letter."""

import base64
import hashlib
import secrets
from datetime import datetime, timedelta

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, Engine, delete, insert, select

from actions.applications.engine import reading, writing
from actions.applications.tables import LetterRow
from actions.letters.letter import Letter, restore

TOKEN_BYTES = 32


class LetterStore:
    """Raises ApplicationsUnavailable where the database does not answer."""

    def __init__(self, engine: Engine, kept: timedelta) -> None:
        self._engine, self.kept = engine, kept

    def put(self, letter: Letter, now: datetime) -> str:
        """Gives the token, which is shown once: to the user."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        sealed = _seal(token).encrypt(letter.dump().encode()).decode()
        row = insert(LetterRow).values(id=_id(token), sealed=sealed, expires_at=now + self.kept)
        with writing(self._engine) as connection:
            _remove(connection, now)
            connection.execute(row)
        return token

    def get(self, token: str, now: datetime) -> Letter | None:
        """None for unknown and expired alike: one statement asks for both."""
        wanted = select(LetterRow.sealed).where(LetterRow.id == _id(token), LetterRow.expires_at > now)
        with reading(self._engine) as connection:
            sealed = connection.execute(wanted).scalar_one_or_none()
        return None if sealed is None else restore(_seal(token).decrypt(sealed).decode())


def remove_expired(engine: Engine, now: datetime) -> int:
    """Gives how many letters that were."""
    with writing(engine) as connection:
        return _remove(connection, now)


def _remove(connection: Connection, now: datetime) -> int:
    return connection.execute(delete(LetterRow).where(LetterRow.expires_at <= now)).rowcount


def _id(token: str) -> str:
    return hashlib.sha256(b"odop-sahayak letter id " + token.encode()).hexdigest()


def _seal(token: str) -> Fernet:
    """No salt and no stretching: the token is 32 random bytes."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"odop-sahayak letter seal").derive(token.encode())
    return Fernet(base64.urlsafe_b64encode(key))
