"""A name found in a message: what the gazetteer finds and what those who answer read. No spaCy in here."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from knowledge import districts
from knowledge.paths import word_list
from knowledge.yaml_lines import LOADER

DISTRICT, PRODUCT, SCHEME, OUTSIDE = "district", "product", "scheme", "outside_place"
CATEGORY, DIVISION = "category", "division"
# Names that two districts answer to.
AMBIGUOUS = {name: tuple(shared["districts"]) for name, shared in districts.load().shared.items()}
SHARED_NAMES = {name: {"en": shared["en"], "hi": shared["hi"]} for name, shared in districts.load().shared.items()}


@dataclass(frozen=True)
class Mention:
    """A name found at `text[start:end]`; `value` is the id, `score` 1.0 for a known spelling."""

    kind: str
    value: str
    start: int
    end: int
    score: float


def read_words(name: str) -> dict[str, Any]:
    """A word list of the programme's own, or of this folder."""
    found: dict[str, Any] = yaml.load(word_list(name).read_text(encoding="utf-8"), LOADER)
    return found


@lru_cache(maxsize=1)
def categories() -> dict[str, dict[str, Any]]:
    """Families of products by id: `name` in each language and the `words` for them."""
    return read_words("categories.yml")
