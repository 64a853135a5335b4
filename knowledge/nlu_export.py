"""Writes Rasa training data from the knowledge, so that the classifier knows a question when it sees one.

Retrieval reads all questions itself. The classifier gets some of each entry, every title, and the words of
the field: without them a bare "fees?" or "kaagaz?" looks like small talk, which is made of short words too.
"""

from collections.abc import Iterator
from pathlib import Path

import yaml

from knowledge.entries_loader import Library
from knowledge.paths import TRAINING, word_list

_PER_LANGUAGE = 2
# Alone, these are asked of districts.
_OF_DISTRICTS = {"district", "division", "product", "handicraft", "handloom", "food_processing", "state_up", "village"}
# Square brackets, braces and round ones are entity markup to Rasa.
_NO_MARKUP = str.maketrans("", "", "[]{}()")


def _of_entries(library: Library) -> Iterator[str]:
    for entry in library.entries.values():
        for language, texts in entry.questions.items():
            yield from texts[:_PER_LANGUAGE]
            yield entry.title[language]


def _of_glossary() -> Iterator[str]:
    terms = yaml.safe_load(word_list("glossary.yml").read_text(encoding="utf-8"))
    for name, term in terms.items():
        if name in _OF_DISTRICTS:
            continue
        for words in (term["hi"], term["hi-Latn"], term["en"]):
            yield from words[:2]


def export(library: Library, folder: Path = TRAINING) -> None:
    """Write `ask_knowledge.yml`."""
    texts = dict.fromkeys(t.translate(_NO_MARKUP).strip() for t in (*_of_entries(library), *_of_glossary()))
    lines = ['version: "3.1"', "nlu:", "- intent: ask_knowledge", "  examples: |", *(f"    - {t}" for t in texts if t)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ask_knowledge.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
