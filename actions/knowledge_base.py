"""The knowledge of this process: loaded once, and put in its place anew after an edit (actions/live.py)."""

import threading
from dataclasses import dataclass

from knowledge import districts
from knowledge.districts import Districts
from knowledge.retrieval.search import Retriever


@dataclass(frozen=True)
class KnowledgeBase:
    retriever: Retriever
    districts: Districts


class _Shelf:
    """Holds what is current; a turn that has begun keeps what it took."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._current: KnowledgeBase | None = None

    def current(self) -> KnowledgeBase:
        with self._lock:
            if self._current is None:
                self._current = KnowledgeBase(Retriever.load(), districts.load())
            return self._current

    def replace(self, base: KnowledgeBase) -> None:
        with self._lock:
            self._current = base


_SHELF = _Shelf()


def knowledge_base() -> KnowledgeBase:
    return _SHELF.current()


def replace(base: KnowledgeBase) -> None:
    """From now on `base` answers."""
    _SHELF.replace(base)
