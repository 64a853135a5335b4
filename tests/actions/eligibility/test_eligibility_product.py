"""Whether a product is the district's own, as the list stood on that day."""

from datetime import date

from actions.eligibility.product import is_district_product
from knowledge import districts

DATA = districts.load()
TODAY = date(2026, 11, 21)


def test_the_districts_product_counts_under_any_of_its_names() -> None:
    lucknow = DATA.by_id["lucknow"].products[0]
    for name in (*lucknow.names.values(), *lucknow.synonyms):
        assert is_district_product(DATA, "lucknow", name, TODAY) is True


def test_a_product_of_another_district_does_not_count() -> None:
    assert is_district_product(DATA, "meerut", "chikankari", TODAY) is False


def test_a_later_product_counts_from_the_day_it_was_added() -> None:
    assert is_district_product(DATA, "agra", "petha", date(2025, 5, 10)) is False
    assert is_district_product(DATA, "agra", "petha", date(2025, 5, 11)) is True


def test_what_we_do_not_know_by_name_is_left_to_the_person() -> None:
    assert is_district_product(DATA, "agra", "spaceships", TODAY) is None
    assert is_district_product(DATA, "atlantis", "petha", TODAY) is None
