"""Edits of entries, live without a restart: answers in a couple of seconds, questions once the index has learnt them.

What was published from the console is fetched first, as files: every process looks for itself.
A file that is wrong changes nothing: the last good knowledge goes on answering, and the log says where.
"""

import logging
import subprocess
import sys
import threading
from pathlib import Path

from actions.content.overlay import Overlay
from actions.content.service import versions
from actions.knowledge_base import KnowledgeBase, knowledge_base, replace
from knowledge.entries_loader import load
from knowledge.errors import EntryError
from knowledge.paths import ENTRIES, OUT_OF_SCOPE, OVERLAY, ROOT, SOURCES
from knowledge.retrieval.questions import digest
from knowledge.retrieval.search import HEAD
from knowledge.yaml_lines import read

log = logging.getLogger(__name__)

Stamp = tuple[tuple[str, int], ...]


def _stamp(paths: list[Path]) -> Stamp:
    """Changes when a file is added, taken away or written."""
    return tuple((str(path), path.stat().st_mtime_ns) for path in sorted(paths) if path.exists())


def _entries() -> Stamp:
    return _stamp([*ENTRIES.rglob("*.yml"), *OVERLAY.rglob("*.yml"), SOURCES, OUT_OF_SCOPE])


class LiveEdits(threading.Thread):
    """Looks every `seconds` for a change of the entries or of the index, and takes it in."""

    def __init__(self, seconds: float) -> None:
        super().__init__(name="live-edits", daemon=True)
        self._seconds = seconds
        self._stop_asked = threading.Event()
        self._overlay = Overlay(versions, OVERLAY)
        self._entries, self._head = _entries(), _stamp([HEAD])

    def run(self) -> None:
        _learn_if_new()  # what was edited while the server was down
        while not self._stop_asked.wait(self._seconds):
            try:
                self.look()
            except Exception as error:  # such as a file that is being replaced; the next look may see it whole
                log.warning("looking for edits: %s: %s", type(error).__name__, error)

    def stop(self) -> None:
        self._stop_asked.set()

    def look(self) -> None:
        """Take in what has changed since the last look."""
        self._overlay.refresh()
        entries, head = _entries(), _stamp([HEAD])
        if entries != self._entries:
            self._entries = entries
            self._take_entries()
        if head != self._head:
            self._head = head
            self._take_index()

    def _take_entries(self) -> None:
        try:
            library = load(ENTRIES, SOURCES, overlay=OVERLAY)
            read(OUT_OF_SCOPE)
        except EntryError as error:
            log.error("an edit is not taken in:\n%s", error)
            return
        retriever = knowledge_base().retriever
        replace(KnowledgeBase(retriever.with_entries(library), knowledge_base().districts))
        log.warning("entries taken in: %d", len(library.entries))
        _learn_if_new()

    def _take_index(self) -> None:
        base = knowledge_base()
        replace(KnowledgeBase(base.retriever.with_new_index(), base.districts))
        log.warning("the index has learnt the edited questions")


def _learn_if_new() -> None:
    """In a process of its own, so that turns do not wait and its memory is given back."""
    retriever = knowledge_base().retriever
    if digest(retriever.library, OUT_OF_SCOPE) == retriever.head.learnt:
        return
    subprocess.Popen([sys.executable, "-m", "knowledge", "learn"], cwd=ROOT, stdout=subprocess.DEVNULL)
