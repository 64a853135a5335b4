"""An entry as the YAML file a person would have written: for what the console's form gives."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_NO_WORDS = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")  # YAML reads them as something else
_KEYS = (
    "id", "topic", "scheme", "title", "as_of", "last_checked", "sources", "questions",
    "answer", "short", "speech", "follow_ups", "task", "conflicts",
)  # fmt: skip
_LANGUAGES = ("hi", "hi-Latn", "en", "ur")
_PLAIN = ("id", "topic", "scheme", "as_of", "last_checked", "task")


def written(data: Mapping[str, Any]) -> str:
    """`data` is the entry as plain texts and lists; what is empty is left out. Half-finished ones are written too."""
    lines = [line for key in _KEYS if data.get(key) for line in _lines(key, data[key])]
    return "\n".join(lines) + "\n"


def _lines(key: str, value: Any) -> Iterator[str]:
    if key == "title":
        yield f"title: {{{', '.join(f'{code}: {_quoted(text)}' for code, text in _given(value))}}}"
    elif key == "questions":
        yield "questions:"
        for code, texts in _given(value):
            yield from (f"  {code}:", *(f"    - {_quoted(text)}" for text in texts))
    elif isinstance(value, Mapping):
        yield f"{key}:"
        yield from (f"  {code}: {_quoted(text)}" for code, text in _given(value))
    elif isinstance(value, list | tuple):
        yield f"{key}: [{', '.join(map(_plain, value))}]"
    else:
        yield f"{key}: {_plain(value) if key in _PLAIN else _quoted(value)}"


def _given(texts: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(code, texts[code]) for code in _LANGUAGES if texts.get(code)]


def _plain(value: Any) -> str:
    """Without quotes where none are needed."""
    text = str(value)
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat()
    return text if _WORD.fullmatch(text) and text.lower() not in _NO_WORDS else _quoted(text)


def _quoted(value: Any) -> str:
    """JSON's strings are YAML's too."""
    return json.dumps(str(value), ensure_ascii=False)
