"""Days in the reader's language."""

from datetime import date

import pytest

from actions.days import spoken, written


@pytest.mark.parametrize(
    ("language", "words"), [("hi", "1 फ़रवरी 2027"), ("hi-Latn", "1 February 2027"), ("en", "1 February 2027")]
)
def test_a_day_is_written_as_people_write_it(language: str, words: str) -> None:
    assert written(date(2027, 2, 1), language) == words
    assert spoken(date(2027, 2, 1), language) == words.removesuffix(" 2027")


@pytest.mark.parametrize("language", ["hi", "hi-Latn", "en"])
def test_every_month_has_its_own_name(language: str) -> None:
    assert len({spoken(date(2027, month, 1), language) for month in range(1, 13)}) == 12
