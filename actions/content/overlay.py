"""What was published, as files that everything which reads entries reads too (knowledge/entries_loader.py).

The folder keeps the last good state: it answers while the store is away, and after a restart.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from actions.content.errors import ContentError
from actions.content.form import read
from actions.content.store import Version, Versions
from knowledge.paths import OVERLAY

log = logging.getLogger(__name__)


class Overlay:
    """Kept up by whoever looks regularly."""

    def __init__(self, store: Callable[[], Versions], folder: Path = OVERLAY) -> None:
        self._store, self._folder = store, folder
        self._seen = -1
        self._away = False

    def refresh(self) -> None:
        """Write what has been published since; where the store does not answer, nothing changes."""
        try:
            store = self._store()
            latest = store.latest_move()
            if latest != self._seen:
                write(store.published(), self._folder)
                self._seen = latest
            self._away = False
        except (ContentError, OSError) as error:
            if not self._away:  # once, not every two seconds
                log.error("published edits are not read, the last good ones go on: %s", error)
            self._away = True


def write(published: list[Version], folder: Path) -> None:
    """Make the folder hold just these; files that are right already are not touched."""
    wanted = {path_of(version, folder): version.text for version in published}
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            _put(path, text)
    for path in set(folder.rglob("*.yml")) - set(wanted):
        path.unlink(missing_ok=True)


def path_of(version: Version, folder: Path) -> Path:
    return folder / str(read(version.text)["topic"]) / f"{version.entry}.yml"


def _put(path: Path, text: str) -> None:
    """Whole or not at all: another process may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.half")
    half.write_text(text, encoding="utf-8")
    half.replace(path)
