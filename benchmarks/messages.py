"""The development messages: what people send, and what they should get. Never trained on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.errors import MessagesError
from benchmarks.places import DEVELOPMENT

LANGUAGES = ("hi", "hi-Latn", "en")
_KINDS = ("entry", "districts", "makers", "outcome")


@dataclass(frozen=True)
class Message:
    """`kind` says what is expected, `expected` which: entry or district ids, or one outcome."""

    text: str
    language: str
    kind: str
    expected: frozenset[str]

    @property
    def payloads(self) -> frozenset[str]:
        """The buttons that lead to what is expected."""
        if self.kind == "outcome":
            return frozenset()
        name = "entry" if self.kind == "entry" else "district"
        return frozenset(f"{name}:{value}" for value in self.expected)

    @property
    def group(self) -> str:
        """What the table by kind counts it under."""
        return next(iter(self.expected)) if self.kind == "outcome" else self.kind


def _message(item: Any, language: str) -> Message:
    kind, *others = set(item) - {"text"}
    if others or kind not in _KINDS or not isinstance(item["text"], str):
        raise ValueError(kind)
    value = item[kind]
    return Message(item["text"], language, kind, frozenset([value] if isinstance(value, str) else value))


def load(languages: tuple[str, ...] = LANGUAGES, folder: Path = DEVELOPMENT) -> list[Message]:
    """All messages in these languages; a file that is not there yet counts as empty."""
    found = []
    for language in languages:
        path = folder / f"{language}.yml"
        items = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []
        for number, item in enumerate(items, 1):
            try:
                found.append(_message(item, language))
            except (KeyError, TypeError, ValueError) as error:
                raise MessagesError(f"{path.name}, item {number}: not text with one of {', '.join(_KINDS)}") from error
    return found
