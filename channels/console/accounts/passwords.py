"""Passwords: hashed with argon2, at least twelve characters, none of the commonest."""

import secrets
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200
_COMMON = Path(__file__).with_name("common_passwords.txt")
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    return _hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Takes as long for an account that is not there."""
    try:
        return _hasher.verify(password_hash or _nobody(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def problem(password: str, login: str) -> str | None:
    """The key of the sentence that says why it will not do; None if it will."""
    if not SHORTEST <= len(password) <= LONGEST:
        return "accounts.password_short"
    plain = password.casefold().replace(" ", "")
    if plain in _common() or login.casefold() in plain or len(set(plain)) < 5:
        return "accounts.password_common"
    return None


def one_time() -> str:
    """Read out over the phone without mistaking a letter for a digit."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


@cache
def _nobody() -> str:
    return hashed(secrets.token_urlsafe())


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text("utf-8").split())
