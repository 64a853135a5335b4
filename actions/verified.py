"""Opens the seal around a sender's number that the gateway has verified."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

INFO = b"odop verified sender"  # as in channels/sealing.py, which makes the seal
SECONDS = 60 * 60


def unseal(sealed: str | None, secret: str) -> str | None:
    """The number, such as "+919812345678". None: no seal, a forged one, or one older than an hour."""
    if not sealed:
        return None
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=INFO).derive(secret.encode())
    try:
        return Fernet(base64.urlsafe_b64encode(key)).decrypt(sealed, ttl=SECONDS).decode()
    except (InvalidToken, ValueError):  # ValueError: letters that no seal has
        return None
