"""Reads the lists of messages strictly: a mistake is told with its file and item."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml

from benchmarks.errors import MessagesError

T = TypeVar("T")


def items(path: Path, make: Callable[[dict[str, Any]], T], shape: str) -> list[T]:
    """Every item made into what it stands for; `shape` says what an item should be."""
    if not path.exists():
        raise MessagesError(f"{path.name} is missing.")
    found = []
    for number, item in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")) or [], 1):
        try:
            found.append(make(dict(item)))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise MessagesError(f"{path.name}, item {number}: not {shape}") from error
    return found


def one_of(value: Any, known: tuple[Any, ...]) -> Any:
    if value not in known:
        raise ValueError(value)
    return value


def words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value


def nothing_more(item: dict[str, Any]) -> None:
    """Called when all known keys have been taken out."""
    if item:
        raise ValueError(item)
