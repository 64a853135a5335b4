"""The districts, their products and divisions, as data (`districts.yml`)."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.paths import DISTRICTS, OUTSIDE_PLACES
from knowledge.text.normalise import fold
from knowledge.yaml_lines import LOADER

Names = dict[str, str]


@dataclass(frozen=True)
class Product:
    """A product of one district; `date` and `source` are set for official additions after the July 2025 table."""

    names: Names
    category: str
    synonyms: tuple[str, ...]
    date: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class District:
    id: str
    name: Names
    division: str
    headquarters: str
    aliases: tuple[str, ...]
    confusable: tuple[str, ...]
    products: tuple[Product, ...]
    later: tuple[Product, ...]

    @property
    def all_products(self) -> tuple[Product, ...]:
        return self.products + self.later


@dataclass(frozen=True)
class Districts:
    """All districts by id, in alphabetical order, and what leads to them."""

    by_id: dict[str, District]
    divisions: dict[str, dict[str, Any]]
    as_of: str
    source: str
    outside: dict[str, Names]
    shared: dict[str, dict[str, Any]] = field(default_factory=dict)  # names that several districts answer to
    makers: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def makers_of(self, term: str) -> tuple[str, ...]:
        """Ids of the districts with a product called `term` (any name or synonym), in order."""
        return self.makers.get(fold(term), ())

    def in_category(self, category: str) -> tuple[str, ...]:
        return tuple(d.id for d in self.by_id.values() if any(p.category == category for p in d.all_products))


def _product(raw: dict[str, Any]) -> Product:
    names = {code: raw[code] for code in ("hi", "hi-Latn", "en")}
    date = str(raw["date"]) if "date" in raw else None
    return Product(names, raw["category"], tuple(raw["synonyms"]), date, raw.get("source"))


def _district(raw: dict[str, Any], division: str) -> District:
    return District(
        id=raw["id"],
        name={**raw["name"], "hi-Latn": raw["name"]["en"]},
        division=division,
        headquarters=raw["headquarters"],
        aliases=tuple(raw["aliases"]),
        confusable=tuple(raw.get("confusable", ())),
        products=tuple(_product(p) for p in raw["products"]),
        later=tuple(_product(p) for p in raw.get("later", ())),
    )


def _makers(districts: dict[str, District]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for district in districts.values():
        for product in district.all_products:
            for term in {fold(t) for t in (*product.names.values(), *product.synonyms)}:
                if district.id not in found[term]:
                    found[term].append(district.id)
    return {term: tuple(ids) for term, ids in found.items()}


@lru_cache(maxsize=1)
def load(path: Path = DISTRICTS) -> Districts:
    """Read `districts.yml` once per process."""
    raw = yaml.load(path.read_text(encoding="utf-8"), LOADER)
    division_of = {d: i for i, division in raw["divisions"].items() for d in division["districts"]}
    districts = [_district(d, division_of[d["id"]]) for d in raw["districts"]]
    by_id = {d.id: d for d in sorted(districts, key=lambda d: d.name["en"])}
    places = yaml.load(OUTSIDE_PLACES.read_text(encoding="utf-8"), LOADER)
    outside = {fold(p["en"]).replace(" ", "-"): {"en": p["en"], "hi": p["hi"], "hi-Latn": p["en"]} for p in places}
    shared, makers = raw.get("shared_names", {}), _makers(by_id)
    return Districts(by_id, raw["divisions"], str(raw["as_of"]), raw["source"], outside, shared, makers)
