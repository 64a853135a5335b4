"""Settings of the gateway under test."""

from pathlib import Path
from typing import Any

from channels.settings import Settings

SENTENCES = Path(__file__).parent / "sentences.yml"


def settings(**changes: Any) -> Settings:
    """Settings for tests: quick to give up, and not read from a file."""
    quick = {"bot_timeout_seconds": 0.3, "health_timeout_seconds": 0.3, "sentences_file": SENTENCES}
    return Settings(_env_file=None, **(quick | changes))  # type: ignore[call-arg]
