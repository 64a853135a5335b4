"""Mobile numbers on their way between gateway and action server: sealed, so that the bot keeps none it can read.

Both sides hold BOT_TOKEN; channels/sealing.py is the other side.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SENDER, CALL_BACK = b"odop verified sender", b"odop call back"
SECONDS = 60 * 60


def unseal_sender(sealed: str | None, secret: str) -> str | None:
    """The number the provider vouches for, such as "+919812345678". None: no seal, a forged or an old one."""
    if not sealed:
        return None
    try:
        return _seal(SENDER, secret).decrypt(sealed, ttl=SECONDS).decode()
    except (InvalidToken, ValueError):  # ValueError: letters that no seal has
        return None


def seal_call_back(number: str, secret: str) -> str:
    """The number on which a person is to phone, for the gateway to keep."""
    return _seal(CALL_BACK, secret).encrypt(number.encode()).decode()


def _seal(purpose: bytes, secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
