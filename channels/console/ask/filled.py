"""A form of facts as it comes from the page: what is left open, what the caller cannot tell, what is no number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from channels.console.ask.reading import latin_digits

CANNOT_TELL = "?"
_SIGNS = str.maketrans("", "", " ,₹\u00a0")
_YES_NO = {"yes": True, "no": False}


@dataclass
class Filled:
    """`wrong`: names of fields whose value is of the wrong kind."""

    facts: dict[str, bool | int | str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def read(fields: list[dict[str, Any]], given: Mapping[str, str]) -> Filled:
    filled = Filled()
    for each in fields:
        _take(filled, each["name"], each["kind"], given.get(each["name"], "").strip())
    return filled


def _take(filled: Filled, name: str, kind: str, written: str) -> None:
    if written == CANNOT_TELL:
        filled.refused.append(name)
    elif written:
        value = _value(kind, written)
        if value is None:
            filled.wrong.append(name)
        else:
            filled.facts[name] = value


def _value(kind: str, written: str) -> bool | int | str | None:
    if kind == "yes_no":
        return _YES_NO.get(written)
    if kind in ("number", "rupees"):
        digits = latin_digits(written).translate(_SIGNS)
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None
    return written[:200]
