"""Makes what another programme says, and what tells the gateway of it: the sentences of bot/responses with its names,
those of its own folder `responses/` in their places, and the settings that lead there.
"""

import json
import re
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge import districts
from knowledge.entries_loader import Library
from knowledge.errors import KnowledgeError
from knowledge.paths import (
    DISTRICTS,
    ENTRIES,
    IS_OWN,
    KNOWLEDGE,
    OWN_NAMES,
    OWN_SETTINGS,
    PROGRAMME,
    RESPONSES,
    SCHEMES,
    SENTENCES,
    STAGES,
)
from knowledge.programme import LETTER, current, first_names, renamed, replacements
from knowledge.yaml_lines import LOADER

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_OF_GATEWAY = {"SENTENCES_FILE": "gateway", "PHONE_SENTENCES_FILE": "phone", "DELIVERY_SENTENCES_FILE": "delivery"}


def build(library: Library) -> None:
    """Raises KnowledgeError where the folder contradicts itself."""
    told, listed = current().districts, len(districts.load().by_id)
    if told != listed:
        raise KnowledgeError(f"programme.yml says {told} districts, districts.yml lists {listed}")
    _write_sentences(library)
    OWN_NAMES.write_text(json.dumps(replacements(), ensure_ascii=False, indent=1), encoding="utf-8")
    OWN_SETTINGS.write_text("".join(f"{name}={value}\n" for name, value in _settings()), encoding="utf-8")


def _settings() -> Iterator[tuple[str, str | Path]]:
    yield from ((name, SENTENCES / f"{stem}.yml") for name, stem in _OF_GATEWAY.items())
    yield from (("ENTRIES_FOLDER", ENTRIES), ("DISTRICTS_FILE", DISTRICTS))
    yield from (("HELPLINE_NUMBER", current().helpline), ("NAMES_FILE", OWN_NAMES))


def _write_sentences(library: Library) -> None:
    own = _own()
    shutil.rmtree(SENTENCES, ignore_errors=True)
    SENTENCES.mkdir(parents=True)
    for path in sorted(RESPONSES.glob("*.yml")):
        said = _read(renamed(path.read_text(encoding="utf-8")))
        said |= {key: own.pop(key) for key in said.keys() & own.keys()}
        _drop_dead_buttons(said, library)
        text = yaml.dump(
            {"version": "3.1", "responses": said}, None, _DUMPER, allow_unicode=True, sort_keys=False, width=10_000
        )
        (SENTENCES / path.name).write_text(text, encoding="utf-8")
    if own:
        raise KnowledgeError(f"{PROGRAMME / 'responses'}: no such sentence: {', '.join(sorted(own))}")


def _drop_dead_buttons(said: dict[str, Any], library: Library) -> None:
    """Those that lead to an entry of the first programme."""
    for variant in (variant for variants in said.values() for variant in variants if "buttons" in variant):
        variant["buttons"] = [b for b in variant["buttons"] if _entry(b["payload"]) in (None, *library.entries)]


def _entry(payload: str) -> str | None:
    kind, _, name = payload.partition(":")
    return name if kind == "entry" else None


def _own() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((PROGRAMME / "responses").glob("*.yml")):
        found |= _read(path.read_text(encoding="utf-8"))
    return found


def _read(text: str) -> dict[str, Any]:
    return dict(yaml.load(text, LOADER)["responses"])


def foreign() -> list[str]:
    """Where what this programme says has a name of the first one's, or asks about a district of it, file by file."""
    if IS_OWN:
        return []
    folders = (ENTRIES, SCHEMES, STAGES, PROGRAMME / "responses")
    written = [(path, first_names) for folder in folders for path in folder.rglob("*.yml")]
    built = [(path, _first_names_and_districts) for path in SENTENCES.glob("*.yml")]
    named = ((path, names_in(path.read_text(encoding="utf-8"))) for path, names_in in sorted([*written, *built]))
    return [f"{path}: names the first programme: {', '.join(names)}" for path, names in named if names]


def _first_names_and_districts(text: str) -> list[str]:
    return [*first_names(text), *sorted(set(_first_districts().findall(text)))]


@lru_cache(maxsize=1)
def _first_districts() -> re.Pattern[str]:
    """Those that are not ours too, as whole words; a name is written with a capital, the same word may not be."""
    first = yaml.load((KNOWLEDGE / "districts.yml").read_text(encoding="utf-8"), LOADER)["districts"]
    own = districts.load().by_id
    names = (name for district in first if district["id"] not in own for name in district["name"].values())
    return re.compile(rf"(?<!{LETTER})(?:{'|'.join(map(re.escape, names))})(?!{LETTER})")
