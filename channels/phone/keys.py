"""What stands for a call where it is written down, and the seal on what is known of it while it lasts."""

import hashlib
import hmac

from cryptography.fernet import InvalidToken
from pydantic import ValidationError

from channels.phone.screen import CallState
from channels.sealing import cipher

CALL = b"odop call"


def call_key(call_sid: str, secret: str) -> str:
    """A keyed hash: whoever reads it cannot ask the provider for the call."""
    return hmac.new(secret.encode(), f"call|{call_sid}".encode(), hashlib.sha256).hexdigest()[:40]


def seal(state: CallState, secret: str) -> str:
    return cipher(CALL, secret).encrypt(state.model_dump_json().encode()).decode()


def unseal(sealed: str | None, secret: str) -> CallState | None:
    """None: the call is over, or the secret is another now."""
    if not sealed:
        return None
    try:
        return CallState.model_validate_json(cipher(CALL, secret).decrypt(sealed))
    except (InvalidToken, ValidationError):
        return None
