"""Buttons and lone numbers: the only texts that are commands, read here without NLU."""

from __future__ import annotations

import re
from typing import Any

from knowledge.text.normalise import has_words

# payload -> (intent, entity its value fills; None for a payload without value)
COMMANDS: dict[str, tuple[str, str | None]] = {
    "entry": ("ask_entry", "entry"),
    "district": ("ask_district", "district"),
    "language": ("change_language", "requested_language"),
    "more": ("choose", "number"),
    "person": ("talk_to_person", None),
    "menu": ("help", None),
    "stop": ("stop", None),
    "task": ("begin_task", "task"),
    "answer": ("answer", "answer"),
}
PAYLOAD = re.compile(r"(entry|district|language|more|person|menu|stop|task|answer):([A-Za-z0-9_.-]{0,64})")
LANGUAGES = frozenset({"hi", "en", "hi-Latn"})
NUMBER = re.compile(r"[0-9०-९]{1,2}")


def command(text: str, kind: str) -> dict[str, Any] | None:
    """What a command means, in the form NLU would give it, or None for plain text."""
    if kind == "no_words" or not has_words(text):
        return _parsed(text, "no_words", None, None)
    choice = text.strip().rstrip(".)")
    if NUMBER.fullmatch(choice):
        return _parsed(text, "choose", "number", str(int(choice)))
    match = PAYLOAD.fullmatch(text.strip())
    return _button(text, match[1], match[2]) if match else None


def _button(text: str, name: str, value: str) -> dict[str, Any] | None:
    intent, entity = COMMANDS[name]
    if bool(entity) != bool(value) or (name == "language" and value not in LANGUAGES):
        return None
    return _parsed(text, intent, entity, value)


def _parsed(text: str, intent: str, entity: str | None, value: str | None) -> dict[str, Any]:
    entities = [{"entity": entity, "value": value, "start": 0, "end": len(text)}] if entity else []
    return {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "intent_ranking": [],
        "entities": entities,
        "language": None,  # a tap says nothing about it: the last one stays
        "other_language": None,
    }
