"""What is asked for the transcripts: points of the founding documents, and longer dialogues."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.errors import MessagesError
from benchmarks.understanding.messages import LANGUAGES, Message

_KINDS = {"expect": "entry", "districts": "districts", "makers": "makers"}


@dataclass(frozen=True)
class Point:
    """A heading or point, asked in each language. `kind` is None where nothing we know is about it."""

    document: str
    name: str
    questions: Mapping[str, str]
    kind: str | None
    expected: frozenset[str]

    def message(self, language: str) -> Message | None:
        """For the judge; nothing where nothing in particular is expected."""
        return Message(self.questions[language], language, self.kind, self.expected) if self.kind else None


@dataclass(frozen=True)
class Dialogue:
    title: str
    turns: tuple[str, ...]


def load_points(folder: Path) -> list[Point]:
    path = folder / "founding_questions.yml"
    points = []
    for number, item in enumerate(_read(path), 1):
        try:
            points.append(_point(dict(item)))
        except (KeyError, TypeError, ValueError) as error:
            keys = ", ".join(("document", "point", *LANGUAGES))
            raise MessagesError(f"{path.name}, item {number}: not {keys} and at most one expectation") from error
    return points


def _point(item: dict[str, Any]) -> Point:
    questions = {code: str(item.pop(code)) for code in LANGUAGES}
    document, name = str(item.pop("document")), str(item.pop("point"))
    if len(item) > 1:
        raise ValueError(item)
    for key, value in item.items():
        expected = frozenset([value] if isinstance(value, str) else value)
        return Point(document, name, questions, _KINDS[key], expected)
    return Point(document, name, questions, None, frozenset())


def load_dialogues(folder: Path) -> dict[str, list[Dialogue]]:
    """By language."""
    path = folder / "dialogues.yml"
    try:
        return {
            str(language): [Dialogue(str(one["title"]), tuple(map(str, one["turns"]))) for one in some]
            for language, some in _read(path).items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise MessagesError(f"{path.name}: not dialogues with title and turns under each language") from error


def _read(path: Path) -> Any:
    if not path.exists():
        raise MessagesError(f"{path.name} is missing.")
    return yaml.safe_load(path.read_text(encoding="utf-8"))
