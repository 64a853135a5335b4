"""Keyed hashes, by which a thing is found, and seals, from which it can be had again."""

import base64
import hashlib
import hmac
from typing import Literal

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from actions.applications.errors import SealBroken
from actions.applications.settings import Settings

Kind = Literal["mobile", "number", "contact", "code", "row"]


class Vault:
    """Hashes of different kinds never meet: a mobile and a contact of the same digits differ."""

    def __init__(self, hash_key: str, seal_keys: list[str]) -> None:
        self._hash_key = _derived(hash_key, b"hash")
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, b"seal"))) for key in seal_keys])

    @classmethod
    def of(cls, settings: Settings) -> "Vault":
        hash_key, seal_keys = settings.keys()
        return cls(hash_key, seal_keys.split())

    def hash(self, kind: Kind, *values: str) -> str:
        """The parts cannot run into each other: each is preceded by its length."""
        parts = [value.encode() for value in (kind, *values)]
        message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        return hmac.new(self._hash_key, message, hashlib.sha256).hexdigest()

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise SealBroken from None


def same(one: str, other: str) -> bool:
    """Takes the same time wherever the two first differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def _derived(secret: str, purpose: bytes) -> bytes:
    """32 bytes from a secret of any length, different for each purpose."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"odop-sahayak applications " + purpose).derive(
        secret.encode()
    )
