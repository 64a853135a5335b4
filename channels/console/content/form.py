"""The one form of an entry: fields a person fills in, never YAML."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

LANGUAGES = ("hi", "hi-Latn", "en")
ASKED_IN = (*LANGUAGES, "ur")
SPOKEN_IN = ("hi", "en")
SOURCES, FOLLOW_UPS = 6, 3
_PLAIN = ("id", "topic", "scheme", "task", "as_of", "last_checked", "conflicts")


def read(form: FormData) -> dict[str, Any]:
    """What was sent, as the action server takes it; it cleans and checks."""
    data: dict[str, Any] = {key: _text(form, key) for key in _PLAIN}
    for key in ("title", "answer", "short"):
        data[key] = {code: _text(form, f"{key}.{code}") for code in LANGUAGES}
    data["speech"] = {code: _text(form, f"speech.{code}") for code in SPOKEN_IN}
    data["questions"] = {code: _lines(_text(form, f"questions.{code}")) for code in ASKED_IN}
    for key in ("sources", "follow_ups"):
        data[key] = [name.strip() for name in map(str, form.getlist(key)) if name.strip()]
    return data


def shown(data: Mapping[str, Any]) -> dict[str, str]:
    """The fields' values by their names; those of lists are taken from `data` itself."""
    values = {key: str(data.get(key, "")) for key in _PLAIN}
    for key in ("title", "answer", "short", "speech", "questions"):
        given = data.get(key) or {}
        values |= {f"{key}.{code}": _joined(given.get(code, "")) for code in ASKED_IN}
    return values


def places(data: Mapping[str, Any], key: str, most: int) -> list[str]:
    """A list's names, and empty places after them."""
    given = list(data.get(key) or [])
    return given + [""] * (most - len(given))


def _text(form: FormData, key: str) -> str:
    value = form.get(key, "")
    return value if isinstance(value, str) else ""


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _joined(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value)
