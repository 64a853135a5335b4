"""What stands for a call where it is written down, and the seal on what is known of it while it lasts."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import ValidationError

from channels.phone.screen import CallState


def call_key(call_sid: str, secret: str) -> str:
    """A keyed hash: whoever reads it cannot ask the provider for the call."""
    return hmac.new(secret.encode(), f"call|{call_sid}".encode(), hashlib.sha256).hexdigest()[:40]


def seal(state: CallState, secret: str) -> str:
    return _seal(secret).encrypt(state.model_dump_json().encode()).decode()


def unseal(sealed: str | None, secret: str) -> CallState | None:
    """None: the call is over, or the secret is another now."""
    if not sealed:
        return None
    try:
        return CallState.model_validate_json(_seal(secret).decrypt(sealed))
    except (InvalidToken, ValidationError):
        return None


def _seal(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"odop call").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
