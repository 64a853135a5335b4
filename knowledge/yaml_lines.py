"""YAML that remembers its lines and refuses a key given twice."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor

from knowledge.errors import EntryError, Problem

# The C parser is ten times as fast and finds the same mistakes.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """The data of a file, and the line on which each key or list item stands."""

    path: Path
    data: Any
    lines: dict[Location, int]

    def line(self, location: Location) -> int:
        """The line of `location`, or of the nearest thing around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def problem(self, location: Location, message: str) -> Problem:
        where = ".".join(str(part) for part in location)
        return Problem(self.path, self.line(location), f"{where}: {message}" if where else message)


class _Constructor(SafeConstructor):
    """Tells the line of a value that is none of its kind: a 30th of February is a plain ValueError to PyYAML."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, TypeError) as error:
            raise ConstructorError(None, None, f"not a value ({error})", node.start_mark) from None


class _Reader:
    """Walks the nodes of a file, noting lines and keys given twice."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Location, int] = {}
        self.problems: list[Problem] = []

    def walk(self, node: yaml.Node, location: Location = ()) -> None:
        self.lines.setdefault(location, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            for i, item in enumerate(node.value):
                self.walk(item, (*location, i))
        elif isinstance(node, yaml.MappingNode):
            self._walk_mapping(node, location)

    def _walk_mapping(self, node: yaml.MappingNode, location: Location) -> None:
        for key, value in node.value:
            place = (*location, str(key.value))
            line = key.start_mark.line + 1
            if place in self.lines:
                self.problems.append(Problem(self.path, line, f"{key.value}: this key is given twice"))
            self.lines[place] = line
            self.walk(value, place)


def read(path: Path, change: Callable[[str], str] = str) -> Document:
    """Parse `path`, its text changed by `change`.

    Raises EntryError with the line where it is not YAML or a key is given twice.
    """
    try:
        text = change(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise EntryError([Problem(path, 1, "not UTF-8 text")]) from error
    try:
        return _read(path, text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        message = getattr(error, "problem", None) or str(error)
        raise EntryError([Problem(path, line, f"not YAML: {message}")]) from error
    except RecursionError:
        raise EntryError([Problem(path, 1, "lists or keys lie too deep within each other")]) from None


def _read(path: Path, text: str) -> Document:
    reader = _Reader(path)
    node = yaml.compose(text, Loader=LOADER)
    data = _Constructor().construct_document(node) if node is not None else None
    if node is not None:
        reader.walk(node)
    if reader.problems:
        raise EntryError(reader.problems)
    return Document(path, data, reader.lines)
