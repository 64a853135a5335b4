"""The secrets of one checkout, for development: made once, so that no two installations share one.

Gateway, commands and tests read `var/secrets.env` (channels/settings.py). In production each secret is given.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from deploy.places import SECRETS, VAR

PLACEHOLDER = "development-only"  # what there was before; databases of that time were made with it
NAMES = ("STAFF_TOKEN", "TRANSCRIPT_TOKEN", "LOG_HASH_KEY")
KEYS = ("CONTACT_HASH_KEY", "CONTACT_SEAL_KEY")  # of what is stored: the old one goes on opening it
OLDER = (
    "var/gateway.db was made with the placeholder keys. It stays readable: they are kept behind the new ones in "
    "var/secrets.env until `.envs/service/bin/python -m channels.privacy rotate` has run (docs/privacy.md)."
)


def make(token: str, has_database_url: bool) -> str | None:
    """Writes the file where there is none. What the person at the terminal should know of it, if anything."""
    if SECRETS.exists():
        return None
    is_older = has_database_url or (VAR / "gateway.db").exists()
    behind = f" {PLACEHOLDER}" if is_older else ""
    lines = [f"BOT_TOKEN={token}"]
    lines += [f"{name}={secrets.token_urlsafe(32)}" for name in NAMES]
    lines += [f"{name}={secrets.token_urlsafe(32)}{behind}" for name in KEYS]
    _write(SECRETS, "\n".join(lines) + "\n")
    return OLDER if is_older else None


def _write(path: Path, text: str) -> None:
    """Readable by its owner only, and whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    aside.replace(path)
