"""The districts with their products and divisions, those that fit a few typed letters."""

from typing import Any

from actions.desk.entries import sources
from actions.knowledge_base import knowledge_base
from knowledge.districts import District, Product
from knowledge.text.normalise import fold


def listed(query: str) -> dict[str, Any]:
    """Named districts first, then divisions, then makers of a product; all of them where nothing is typed."""
    base, term = knowledge_base(), fold(query)
    ranked = [(rank, d) for d in base.districts.by_id.values() if (rank := _rank(d, term)) is not None]
    found = [district for _, district in sorted(ranked, key=lambda one: one[0])]
    return {
        "districts": [row(district) for district in found],
        "as_of": base.districts.as_of,
        "sources": sources(base.retriever.library, _sources(found)),
    }


def row(district: District) -> dict[str, Any]:
    division = knowledge_base().districts.divisions[district.division]
    return {
        "id": district.id,
        "name": dict(district.name),
        "division": {"hi": division["hi"], "en": division["en"]},
        "products": [_product(product) for product in district.products],
        "later": [_product(product) for product in district.later],
    }


def _product(product: Product) -> dict[str, Any]:
    """`date` and `source` where it was added after the first table."""
    title = knowledge_base().retriever.library.sources[product.source].title if product.source else None
    return {
        "name": dict(product.names),
        "date": product.date,
        "source": {"hi": title.hi, "en": title.en} if title else None,
    }


def _sources(found: list[District]) -> list[str]:
    later = (product.source for district in found for product in district.later)
    return list(dict.fromkeys([knowledge_base().districts.source, *(source for source in later if source)]))


def _rank(district: District, term: str) -> int | None:
    if not term:
        return 0
    division = knowledge_base().districts.divisions[district.division]
    groups = (
        [*district.name.values(), *district.aliases],
        [division["hi"], division["en"]],
        [name for product in district.all_products for name in (*product.names.values(), *product.synonyms)],
    )
    return next((place for place, names in enumerate(groups) if any(_fits(name, term) for name in names)), None)


def _fits(name: str, term: str) -> bool:
    """From the beginning of one of its words."""
    return f" {fold(name)}".find(f" {term}") >= 0
