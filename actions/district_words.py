"""Districts and products as words in the reader's language."""

from collections.abc import Iterable, Sequence
from datetime import date as Day
from typing import Any

from actions.days import written
from actions.entry_reply import sources
from actions.knowledge_base import knowledge_base
from knowledge.districts import District, Product
from knowledge.text.normalise import fold

_AND = {"hi": " और ", "hi-Latn": " aur ", "en": " and "}
_ADDED = {
    "hi": "{date} को आधिकारिक सूची में जुड़े: {products}",
    "hi-Latn": "{date} ko sarkari list mein jude: {products}",
    "en": "added officially on {date}: {products}",
}


def listed(words: Sequence[str], language: str) -> str:
    """a, b and c."""
    return _AND[language].join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def names(districts: Iterable[str], language: str) -> str:
    by_id = knowledge_base().districts.by_id
    return listed([by_id[d].name[language] for d in districts], language)


def _name(product: Product, language: str) -> str:
    """Hinglish readers get the English name too where the Hindi one is a rare word."""
    name = product.names[language]
    if language != "hi-Latn" or fold(product.names["en"]) == fold(name):
        return name
    return f"{name} ({product.names['en'].split(' (')[0]})"


def _added(products: Sequence[Product], language: str) -> list[str]:
    by_date: dict[str, list[str]] = {}
    for product in products:
        by_date.setdefault(product.date or "", []).append(_name(product, language))
    return [
        _ADDED[language].format(date=written(Day.fromisoformat(date), language), products=listed(p, language))
        for date, p in by_date.items()
    ]


def facts_of(district: District, language: str, category: str | None = None) -> str:
    """The district's products, those added later with their date; only of `category` if one is given."""
    wanted = [p for p in district.products if category in (None, p.category)]
    later = [p for p in district.later if category in (None, p.category)]
    parts = [listed([_name(p, language) for p in wanted], language)] if wanted else []
    return "; ".join(parts + _added(later, language))


def in_few_words(district: District, language: str) -> str:
    """For SMS: the name and its products, those added later marked with the year."""
    parts = [p.names[language] for p in district.products]
    parts += [f"{p.names[language]} ({(p.date or '')[:4]})" for p in district.later]
    return f"{district.name[language]}: {', '.join(parts)}"


def _called(product: Product, term: str) -> bool:
    return term in {fold(t) for t in (*product.names.values(), *product.synonyms)}


def product_names(term: str, language: str) -> str:
    """The product's proper name where the term leads to one name only, else the term as it was said."""
    data = knowledge_base().districts
    products = [p for d in data.makers_of(term) for p in data.by_id[d].all_products if _called(p, term)]
    found = {p.names[language] for p in products}
    name = found.pop() if len(found) == 1 else term
    return name[:1].upper() + name[1:]


def sources_of(
    districts: Sequence[District], language: str, term: str | None = None, category: str | None = None
) -> list[dict[str, Any]]:
    """The table's source, and that of the later additions the answer rests on."""
    base = knowledge_base()
    later = [p for d in districts for p in d.later if category in (None, p.category)]
    used = {p.source for p in later if p.source and (term is None or _called(p, term))}
    return sources(base.retriever.library, [base.districts.source, *sorted(used)], language)
