"""Names of the districts of Uttar Pradesh, read as data."""

from functools import cache
from pathlib import Path

import yaml


@cache
def names(path: Path) -> dict[str, dict[str, str]]:
    """By id: {"hi": ..., "en": ...}."""
    listed = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["districts"]
    return {each["id"]: each["name"] for each in listed}


def name(path: Path, district: str, language: str) -> str:
    """One that is no longer listed is called by its id."""
    return names(path).get(district, {}).get(language, district)
