"""Writes some of the entries' questions as Rasa training data, so that the classifier knows a question."""

from pathlib import Path

from knowledge.entries_loader import Library
from knowledge.paths import TRAINING

_PER_LANGUAGE = 2


def export(library: Library, folder: Path = TRAINING) -> None:
    """`ask_knowledge.yml` with the first questions of every entry; retrieval reads all of them itself."""
    lines = ['version: "3.1"', "nlu:", "- intent: ask_knowledge", "  examples: |"]
    for entry in library.entries.values():
        for _, texts in entry.questions.items():
            # Square brackets and braces are entity markup to Rasa.
            lines += ["    - " + t.translate(str.maketrans("", "", "[]{}()")) for t in texts[:_PER_LANGUAGE]]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ask_knowledge.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
