"""Columns that hold what people said: sealed where they lie, plain to the code that reads them.

The key comes with the engine (Database), so that no query has to know of it.
"""

from typing import Any

from cryptography.fernet import InvalidToken, MultiFernet
from sqlalchemy import Dialect, Engine, Text, TypeDecorator

from channels.sealing import ciphers

HANDOVERS = b"odop handover text"
_CIPHER = "odop_cipher"
_SEALED = "gAAAAA"  # how every token of Fernet begins, and nothing that anybody says
UNREADABLE = "[sealed with another key]"


class Sealed(TypeDecorator[str]):
    """What was written before there was a seal is read as it is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        cipher = _cipher_of(dialect)
        return value if value is None or cipher is None else cipher.encrypt(value.encode("utf-8", "replace")).decode()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        cipher = _cipher_of(dialect)
        if value is None or cipher is None or not value.startswith(_SEALED):
            return value
        try:
            return cipher.decrypt(value).decode()
        except (InvalidToken, ValueError):
            return UNREADABLE


def give_key(engine: Engine, secrets: str) -> None:
    setattr(engine.dialect, _CIPHER, ciphers(HANDOVERS, secrets) if secrets else None)


def _cipher_of(dialect: Dialect) -> MultiFernet | None:
    cipher: MultiFernet | None = getattr(dialect, _CIPHER, None)
    return cipher
