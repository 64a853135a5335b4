"""The facts of districts.yml hold together."""

import re
from datetime import date

import pytest
import yaml

from knowledge.districts import District, Districts, Product
from knowledge.entries_loader import Library
from knowledge.paths import KNOWLEDGE
from knowledge.text.mention import AMBIGUOUS
from knowledge.text.normalise import fold

CATEGORIES = {"food_processing", "textile", "metal", "wood", "leather", "handicraft", "other"}


def products(districts: Districts) -> list[tuple[District, Product]]:
    return [(d, p) for d in districts.by_id.values() for p in d.all_products]


def test_there_are_seventy_five_districts_in_eighteen_divisions(districts: Districts) -> None:
    assert len(districts.by_id) == 75
    assert len(districts.divisions) == 18


def test_every_district_is_in_exactly_one_division(districts: Districts) -> None:
    listed = [d for division in districts.divisions.values() for d in division["districts"]]
    assert sorted(listed) == sorted(districts.by_id)


def test_districts_come_in_alphabetical_order(districts: Districts) -> None:
    names = [d.name["en"] for d in districts.by_id.values()]
    assert names == sorted(names)


def test_ids_are_slugs_and_names_are_in_their_script(districts: Districts) -> None:
    for district in districts.by_id.values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", district.id)
        assert re.fullmatch(r"[\u0900-\u097f .()-]+", district.name["hi"]), district.name
        assert re.fullmatch(r"[A-Za-z .()-]+", district.name["en"]), district.name


def test_no_two_districts_have_the_same_name(districts: Districts) -> None:
    for language in ("hi", "en"):
        assert len({fold(d.name[language]) for d in districts.by_id.values()}) == 75


def test_every_division_is_named_in_both_scripts(districts: Districts) -> None:
    for division in districts.divisions.values():
        assert re.search("[A-Z]", division["en"])
        assert re.search("[\u0900-\u097f]", division["hi"])


def test_every_district_has_a_product_of_the_founding_table(districts: Districts) -> None:
    assert [d.id for d in districts.by_id.values() if not d.products] == []


def test_every_product_is_named_in_three_languages_and_has_a_known_family(districts: Districts) -> None:
    for district, product in products(districts):
        assert set(product.names) == {"hi", "hi-Latn", "en"}, district.id
        assert all(product.names.values()), district.id
        assert re.search("[\u0900-\u097f]", product.names["hi"]), product.names
        assert not re.search("[\u0900-\u097f]", product.names["en"] + product.names["hi-Latn"]), product.names
        assert product.category in CATEGORIES, product.names


def test_no_district_lists_a_product_twice(districts: Districts) -> None:
    for district in districts.by_id.values():
        names = [fold(p.names["en"]) for p in district.all_products]
        assert len(names) == len(set(names)), district.id


def test_confusable_districts_exist_and_are_others(districts: Districts) -> None:
    for district in districts.by_id.values():
        assert set(district.confusable) <= set(districts.by_id) - {district.id}, district.id


def test_confusion_is_mutual(districts: Districts) -> None:
    one_way = [
        (d.id, c) for d in districts.by_id.values() for c in d.confusable if d.id not in districts.by_id[c].confusable
    ]
    assert one_way == []


def test_a_later_product_has_its_date_and_a_known_source(districts: Districts, library: Library) -> None:
    for district in districts.by_id.values():
        for product in district.later:
            assert product.source in library.sources, product.names
            assert date.fromisoformat(product.date or "") > date(2018, 1, 24), product.names


def test_products_of_the_table_carry_no_date_of_their_own(districts: Districts) -> None:
    assert [p.names for d in districts.by_id.values() for p in d.products if p.date or p.source] == []


def test_the_table_names_a_known_source_and_its_date(districts: Districts, library: Library) -> None:
    assert library.sources[districts.source].date == districts.as_of


def spellings(districts: Districts) -> list[tuple[str, str]]:
    shared = {*AMBIGUOUS, "कानपुर", "अकबरपुर"}  # asked about, see the gazetteer
    names = [(fold(n), d.id) for d in districts.by_id.values() for n in (*d.name.values(), *d.aliases)]
    return [(name, district) for name, district in names if name not in shared]


def test_a_spelling_leads_to_one_district_only(districts: Districts) -> None:
    seen: dict[str, set[str]] = {}
    for name, district in spellings(districts):
        seen.setdefault(name, set()).add(district)
    assert {name: ids for name, ids in seen.items() if len(ids) > 1} == {}


def test_no_place_outside_is_spelt_like_a_district(districts: Districts) -> None:
    places = yaml.safe_load((KNOWLEDGE / "outside_places.yml").read_text(encoding="utf-8"))
    outside = {fold(name) for p in places for name in (p["en"], p["hi"], *p["aliases"])}
    assert outside & {name for name, _ in spellings(districts)} == set()


@pytest.mark.parametrize(
    ("term", "makers"),
    [
        ("Chikankari", ("lucknow",)),
        ("carpet", ("bhadohi", "mirzapur", "sitapur", "sonbhadra")),
        ("मूंज", ("amethi", "prayagraj", "sultanpur")),
        ("no such thing", ()),
    ],
)
def test_makers_of_a_product_come_in_order(districts: Districts, term: str, makers: tuple[str, ...]) -> None:
    assert set(makers) <= set(districts.makers_of(term))
    assert list(districts.makers_of(term)) == [d for d in districts.by_id if d in districts.makers_of(term)]


@pytest.mark.parametrize(
    "terms",
    [("carpet", "kaleen", "कालीन"), ("dari", "दरी"), ("zari", "जरी"), ("leather", "chamda", "चमड़ा"), ("moonj", "मूंज"),
     ("brass", "pital", "पीतल"), ("chikankari", "चिकनकारी"), ("bangles", "chudi", "चूड़ी"), ("terracotta", "टेराकोटा")],
)  # fmt: skip
def test_a_product_has_the_same_makers_in_every_language(districts: Districts, terms: tuple[str, ...]) -> None:
    makers = {term: districts.makers_of(term) for term in terms}
    assert len(set(makers.values())) == 1, makers


def test_a_family_has_every_district_with_such_a_product(districts: Districts) -> None:
    leather = districts.in_category("leather")
    assert {"agra", "kanpur-nagar", "unnao"} <= set(leather)
    assert all(any(p.category == "leather" for p in districts.by_id[d].all_products) for d in leather)
