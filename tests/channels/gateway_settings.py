"""Settings of the gateway under test."""

import itertools
import tempfile
from pathlib import Path
from typing import Any

from channels.settings import Settings

SENTENCES = Path(__file__).parent / "sentences.yml"
_FOLDER = tempfile.TemporaryDirectory(prefix="gateway-")  # gone with the process
_COUNT = itertools.count()


def settings(**changes: Any) -> Settings:
    """Settings for tests: quick to give up, a store of its own, and not read from a file."""
    quick = {"bot_timeout_seconds": 0.3, "health_timeout_seconds": 0.3, "sentences_file": SENTENCES}
    store = {"database_url": f"sqlite:///{_FOLDER.name}/{next(_COUNT)}.db", "store_timeout_seconds": 5}
    return Settings(_env_file=None, **(quick | store | changes))  # type: ignore[call-arg]
