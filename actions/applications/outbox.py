"""Which sender the settings ask for, and the one of development: a file in which a developer reads the code."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from actions.applications.errors import SettingsError
from actions.applications.mobile import Mobile
from actions.applications.sender import NoSender, Sender
from actions.applications.settings import Settings


@dataclass(frozen=True)
class OutboxSender:
    """Sends nothing; adds a line for each message to a file that only its owner can read."""

    path: Path

    def send(self, mobile: Mobile, text: str) -> None:
        line = json.dumps(
            {"at": datetime.now(UTC).isoformat(timespec="seconds"), "to": mobile.international, "text": text},
            ensure_ascii=False,
        )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(number, "a", encoding="utf-8") as file:
            file.write(line + "\n")


def outbox(settings: Settings) -> OutboxSender:
    """Raises SettingsError in production: codes do not lie in a file there."""
    if settings.environment != "development":
        raise SettingsError("ENVIRONMENT: the outbox file is for development only")
    return OutboxSender(settings.outbox_file)


def chosen(settings: Settings) -> Sender:
    return outbox(settings) if settings.environment == "development" else NoSender()
