"""What the tracker's table holds of a conversation: sealed, and without the personal numbers of what was typed.

The gateway, which knows such numbers, sends a text without them beside the message; the turn is had with the text as
it came, and this is what is kept of it.
"""

from __future__ import annotations

import base64
import json
import os
import re
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEPT = "kept"  # in a user event's metadata
PURPOSE = b"odop tracker events"
UNREADABLE = {"event": "action", "name": "action_listen", "timestamp": 0.0}  # sealed with a key that is gone
_NONCE = 12
_HALVES = "surrogatepass"  # half a character, as a broken phone may send it
_DIGIT = re.compile(r"\d")


class Seal:
    """Several keys, parted by spaces: the first seals, all open. None at all: nothing is sealed.

    AES-GCM and not Fernet: a turn reads every event of its session, and Fernet takes five times as long.
    """

    def __init__(self, keys: str | None) -> None:
        self._keys = [AESGCM(_derived(key)) for key in str(keys or "").split()]

    def seal(self, data: dict[str, Any]) -> str:
        if not self._keys:
            return json.dumps(data)
        text = json.dumps(data, ensure_ascii=False).encode(errors=_HALVES)  # Hindi is a third as long to read again
        nonce = os.urandom(_NONCE)
        return base64.b64encode(nonce + self._keys[0].encrypt(nonce, text, PURPOSE)).decode()

    def open(self, stored: str) -> dict[str, Any]:
        """Rows of the time before the seal are plain."""
        if stored.startswith("{"):
            return dict(json.loads(stored))
        sealed = base64.b64decode(stored)
        for key in self._keys:
            try:
                text = key.decrypt(sealed[:_NONCE], sealed[_NONCE:], PURPOSE).decode(errors=_HALVES)
                return dict(json.loads(text))
            except InvalidTag:
                continue
        return dict(UNREADABLE)


def without_numbers(data: dict[str, Any]) -> dict[str, Any]:
    """An event as it is kept. Only those of users bear a text that the gateway has seen to."""
    metadata = dict(data.get("metadata") or {})
    kept = metadata.pop(KEPT, None)
    if data.get("event") != "user" or kept is None:
        return data
    parsed = data.get("parse_data") or {}
    entities = [each for each in parsed.get("entities") or [] if not _DIGIT.search(str(each.get("value")))]
    heard = {"intent": parsed.get("intent") or {}, "entities": entities, "text": kept, "metadata": metadata}
    return {**data, "text": kept, "metadata": metadata, "parse_data": heard}


def _derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
