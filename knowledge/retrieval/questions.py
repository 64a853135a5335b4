"""The training material: every entry's questions and titles, and what is out of scope."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.entries_loader import Library
from knowledge.paths import OUT_OF_SCOPE as OUT_OF_SCOPE_FILE
from knowledge.yaml_lines import LOADER

OUT_OF_SCOPE = "out-of-scope"


@dataclass(frozen=True)
class Question:
    text: str
    language: str
    entry: str


def of_entries(library: Library) -> list[Question]:
    """Questions and titles of all entries."""
    found = []
    for entry in library.entries.values():
        for language, texts in entry.questions.items():
            found += [Question(text, language, entry.id) for text in (*texts, entry.title[language])]
    return found


def _out_of_scope(path: Path) -> list[Question]:
    texts = yaml.load(path.read_text(encoding="utf-8"), LOADER)
    return [Question(str(text), language, OUT_OF_SCOPE) for language in texts for text in texts[language]]


def load(library: Library, out_of_scope: Path = OUT_OF_SCOPE_FILE) -> list[Question]:
    return of_entries(library) + _out_of_scope(out_of_scope)


def fold_of(text: str, folds: int = 5) -> int:
    """Which part a question falls into when some are held back; by its text, so that edits move no other."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % folds


HELD_BACK = 0  # the fold the encoder is never tuned on


def digest(library: Library, out_of_scope: Path = OUT_OF_SCOPE_FILE) -> str:
    """Changes when anything the head learns from does."""
    lines = sorted(f"{q.entry}\0{q.language}\0{q.text}" for q in load(library, out_of_scope))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:24]
