"""A name found in a message: what the gazetteer finds and what those who answer read. No spaCy in here."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from knowledge.paths import TEXT_DATA

DISTRICT, PRODUCT, SCHEME, OUTSIDE = "district", "product", "scheme", "outside_place"
CATEGORY, DIVISION = "category", "division"
# Names that two districts answer to.
AMBIGUOUS = {"kanpur": ("kanpur-nagar", "kanpur-dehat"), "akbarpur": ("ambedkar-nagar", "kanpur-dehat")}
SHARED_NAMES = {"kanpur": {"en": "Kanpur", "hi": "कानपुर"}, "akbarpur": {"en": "Akbarpur", "hi": "अकबरपुर"}}


@dataclass(frozen=True)
class Mention:
    """A name found at `text[start:end]`; `value` is the id, `score` 1.0 for a known spelling."""

    kind: str
    value: str
    start: int
    end: int
    score: float


def read_words(name: str) -> dict[str, Any]:
    """A word list of this folder."""
    found: dict[str, Any] = yaml.safe_load((TEXT_DATA / name).read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def categories() -> dict[str, dict[str, Any]]:
    """Families of products by id: `name` in each language and the `words` for them."""
    return read_words("categories.yml")
