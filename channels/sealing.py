"""Mobile numbers on their way between gateway and action server: sealed, so that the bot keeps none it can read.

Both sides hold BOT_TOKEN; actions/sealed.py is the other side.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SENDER, CALL_BACK = b"odop verified sender", b"odop call back"
TRANSCRIPT = b"odop transcript"


def seal_sender(number: str, secret: str) -> str:
    """Bears its time: the other side takes it for an hour."""
    return cipher(SENDER, secret).encrypt(number.encode()).decode()


def open_call_back(sealed: str | None, secret: str) -> str | None:
    """The number on which a person is to phone. None: none was given, or BOT_TOKEN is another now."""
    return _open(CALL_BACK, sealed, secret) if sealed else None


def seal_turn(answered: str, secret: str) -> str:
    """Of a call's transcript; only the gateway opens it, with the TRANSCRIPT_TOKEN it had then."""
    return cipher(TRANSCRIPT, secret).encrypt(answered.encode()).decode()


def open_turn(sealed: str, secret: str) -> str | None:
    return _open(TRANSCRIPT, sealed, secret)


def _open(purpose: bytes, sealed: str, secret: str) -> str | None:
    try:
        return cipher(purpose, secret).decrypt(sealed).decode()
    except (InvalidToken, ValueError):
        return None


def cipher(purpose: bytes, secret: str) -> Fernet:
    """Of a key of its own for each purpose."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def ciphers(purpose: bytes, secrets: str) -> MultiFernet:
    """Of several keys, parted by spaces: the first seals, all open (`python -m channels.privacy rotate`)."""
    return MultiFernet([cipher(purpose, secret) for secret in secrets.split()])
