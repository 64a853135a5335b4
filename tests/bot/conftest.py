"""The bot's data as written, and stand-ins for what Rasa gives its parts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read_all(folder: str) -> dict[str, dict[str, Any]]:
    return {path.name: read(path) for path in sorted((ROOT / "bot" / folder).glob("*.yml"))}


@pytest.fixture(scope="session")
def domain() -> dict[str, Any]:
    return read(ROOT / "domain.yml")


@pytest.fixture(scope="session")
def responses() -> list[tuple[str, str, list[dict[str, Any]]]]:
    """(file, key, variants)"""
    found = read_all("responses").items()
    return [(file, key, variants) for file, data in found for key, variants in data["responses"].items()]


@pytest.fixture(scope="session")
def examples() -> list[tuple[str, str, str]]:
    """(intent, language, text)"""
    return [
        (block["intent"], block["metadata"]["language"], line[2:].strip())
        for data in read_all("nlu").values()
        for block in data["nlu"]
        for line in block["examples"].splitlines()
    ]


@pytest.fixture(scope="session")
def rules() -> list[dict[str, Any]]:
    return [rule for data in read_all("rules").values() for rule in data["rules"]]
