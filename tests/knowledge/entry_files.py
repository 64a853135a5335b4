"""A small folder of right entries, for tests that break one thing in it."""

from pathlib import Path

SOURCES = """\
gazette-2025:
  title: {en: "Gazette", hi: "राजपत्र"}
  publisher: "The office"
  date: "2025-07-15"
  url: null
  kind: official
"""

ENTRY = """\
id: {id}
topic: {topic}
title: {{hi: "काग़ज़", hi-Latn: "Kaagaz", en: "Papers"}}
as_of: 2025-07-15
last_checked: 2026-11-01
sources: [gazette-2025]
questions:
  hi: ["{id} क्या है", "{id} कैसे", "{id} कब", "{id} कहाँ", "{id} कितना"]
  hi-Latn: ["{id} kya hai", "{id} kaise", "{id} kab", "{id} kahan", "{id} kitna"]
  en: ["what is {id}", "how {id}", "when {id}", "where {id}", "how much {id}"]
answer:
  hi: "आधार कार्ड।"
  hi-Latn: "Aadhaar card."
  en: "The Aadhaar card."
short:
  hi: "आधार कार्ड।"
  hi-Latn: "Aadhaar card."
  en: "The Aadhaar card."
follow_ups: [{follow_up}]
"""


def write(folder: Path) -> tuple[Path, Path]:
    """(entries folder, sources file) with two entries that follow up each other."""
    sources = folder / "sources.yml"
    sources.write_text(SOURCES, encoding="utf-8")
    for name, other in (("papers", "fees"), ("fees", "papers")):
        path = folder / "entries" / "forms" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ENTRY.format(id=name, topic="forms", follow_up=other), encoding="utf-8")
    return folder / "entries", sources
