"""What two versions say differently, field by field and word by word."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any, Literal, TypedDict

Part = tuple[Literal["same", "out", "in"], str]
_FIELDS = (
    "title", "questions", "answer", "short", "speech", "as_of", "last_checked",
    "sources", "follow_ups", "scheme", "task", "topic", "conflicts",
)  # fmt: skip
_LANGUAGES = ("hi", "hi-Latn", "en", "ur")
_BY_LANGUAGE = ("title", "questions", "answer", "short", "speech")
_PIECES = re.compile(r"\s+|\S+")


class Difference(TypedDict):
    field: str
    before: str
    after: str
    parts: list[Part]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """In the order of the form; lists as one text, a line each."""
    old, new = _flat(before), _flat(after)
    fields = [field for field in _fields() if old.get(field, "") != new.get(field, "")]
    return [_difference(field, old.get(field, ""), new.get(field, "")) for field in fields]


def _fields() -> list[str]:
    each = [[f"{field}.{code}" for code in _LANGUAGES] if field in _BY_LANGUAGE else [field] for field in _FIELDS]
    return [name for names in each for name in names]


def _flat(data: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in _FIELDS:
        value = data.get(field)
        if isinstance(value, Mapping):
            found |= {f"{field}.{code}": _text(one) for code, one in value.items()}
        elif value:
            found[field] = _text(value)
    return found


def _text(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _difference(field: str, before: str, after: str) -> Difference:
    return Difference(field=field, before=before, after=after, parts=_parts(field, before, after))


def _parts(field: str, before: str, after: str) -> list[Part]:
    """Lists are compared line by line, texts word by word."""
    by_line = field.startswith("questions") or field in ("sources", "follow_ups")
    old, new = (_cut(text, by_line) for text in (before, after))
    parts: list[Part] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(("same", "".join(old[i:j])))
            continue
        parts += [("out", "".join(old[i:j]))] if i < j else []
        parts += [("in", "".join(new[k:m]))] if k < m else []
    return parts


def _cut(text: str, by_line: bool) -> list[str]:
    return [f"{line}\n" for line in text.splitlines()] if by_line else _PIECES.findall(text)
