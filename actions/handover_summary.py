"""What a person who takes over should know at a glance, in the staff's language."""

import re
from collections.abc import Iterator

from rasa_sdk import Tracker

from actions import slots, tasks, turn
from actions.dialogue.words import as_said, load
from actions.knowledge_base import knowledge_base
from actions.settings import Settings
from actions.tasks import Held

_LONG_NUMBER = re.compile(r"\d[\d\s/-]{4,}\d")  # a mobile, Aadhaar or account number
_LONGEST = 200  # characters of a message that are quoted


def summary(tracker: Tracker, reason: str) -> str:
    return "\n".join(_lines(tracker, reason, Settings().staff_language))


def _lines(tracker: Tracker, reason: str, language: str) -> Iterator[str]:
    words = load()
    yield words[f"reason_{reason}"][language]
    district = knowledge_base().districts.by_id.get(turn.last_district(tracker) or "")
    if district:
        yield words["summary_district"][language].format(value=district.name[language])
    entry = knowledge_base().retriever.library.entries.get(tracker.get_slot(slots.ENTRY) or "")
    if entry:
        yield words["summary_answered"][language].format(value=entry.title[language])
    held = tasks.held(tracker)
    if held:
        yield from _dialogue(held, language)
    said = [text for text in turn.typed(tracker) if text][-2:]
    yield words["summary_said"][language].format(value=" | ".join(_masked(text) for text in said))


def _dialogue(held: Held, language: str) -> Iterator[str]:
    fields = held.task.fields()
    values = (as_said(fields[name], value, language) for name, value in held.state.told.items())
    yield load()[f"summary_{held.task.kind}"][language].format(value=", ".join(filter(None, values)) or "-")
    if held.asked:
        yield load()["summary_asked"][language].format(value=held.asked.question[language])


def _masked(text: str) -> str:
    return _LONG_NUMBER.sub("***", text)[:_LONGEST]
