"""Whether a product is one of a district's own, for the fact `district_product`."""

from datetime import date

from knowledge.districts import District, Districts, Product
from knowledge.text.normalise import fold


def is_called(product: Product, term: str) -> bool:
    return fold(term) in {fold(name) for name in (*product.names.values(), *product.synonyms)}


def _since(product: Product) -> date:
    """Those added after the first table count from the day they were added."""
    return date.fromisoformat(product.date) if product.date else date.min


def _makes(district: District, term: str, on: date) -> bool:
    return any(is_called(product, term) and _since(product) <= on for product in district.all_products)


def is_district_product(districts: Districts, district: str, term: str, on: date) -> bool | None:
    """None where `term` is no product we know by name: then only the person can tell."""
    if district not in districts.by_id or not districts.makers_of(term):
        return None
    return _makes(districts.by_id[district], term, on)
