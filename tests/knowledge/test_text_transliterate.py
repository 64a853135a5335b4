"""Hinglish read as Hindi: for the encoder only, so Devanagari must come through untouched."""

import re

import pytest
from any_text import any_text
from hypothesis import given

from knowledge.text.transliterate import Transliterator

_LATIN = re.compile(r"[A-Za-z]+")


@given(any_text)
def test_only_latin_words_are_replaced(transliterate: Transliterator, text: str) -> None:
    words = _LATIN.findall(text)
    kept = [part for part in _LATIN.split(text) if part]
    rest = transliterate(text)
    for part in kept:
        _, found, rest = rest.partition(part)
        assert found, f"{part!r} is gone"
    assert words or transliterate(text) == text


@given(any_text)
def test_devanagari_comes_through_untouched(transliterate: Transliterator, text: str) -> None:
    hindi = _LATIN.sub(" ", text)
    assert transliterate(hindi) == hindi


@pytest.mark.parametrize("text", ["मुझे लोन चाहिए", "काग़ज़ ४५", "₹50,000?", "", "😀 हाँ"])
def test_a_text_without_latin_letters_is_left_alone(transliterate: Transliterator, text: str) -> None:
    assert transliterate(text) == text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("mujhe", "मुझे"),
        ("chahiye", "चाहिए"),
        ("kaise", "कैसे"),
        ("kese", "कैसे"),
        ("yojna", "योजना"),
        ("nahi", "नहीं"),
        ("PAISA", "पैसा"),
        ("bank", "बैंक"),
    ],
)
def test_common_hinglish_words_are_read_as_hindi(transliterate: Transliterator, typed: str, read: str) -> None:
    assert transliterate(typed) == read


@pytest.mark.parametrize("word", ["qwrtpsdf", "xyzzyq"])
def test_a_word_nobody_knows_stays_as_it_is(transliterate: Transliterator, word: str) -> None:
    assert transliterate(word) == word


@pytest.mark.parametrize(
    ("typed", "settled"),
    [
        ("nhi mila", "नहीं मिला"),
        ("nahi NAHIN nhi", "नहीं नहीं नहीं"),
        ("mujhe dhobi card chahiye", "मुझे dhobi card चाहिए"),
        ("qwrtpsdf", "qwrtpsdf"),
        ("लोन nhi", "लोन नहीं"),
        ("", ""),
    ],
)
def test_settling_exchanges_only_words_whose_spelling_is_listed(
    transliterate: Transliterator, typed: str, settled: str
) -> None:
    assert transliterate.settled(typed) == settled


@pytest.mark.parametrize("spelt", [("nahi", "nhi", "nahin", "nai"), ("kaise", "kese"), ("loan", "lon", "loon")])
def test_ways_of_spelling_a_word_settle_in_one(transliterate: Transliterator, spelt: tuple[str, ...]) -> None:
    assert len({transliterate.settled(word) for word in spelt}) == 1


@given(any_text)
def test_settling_leaves_what_is_not_latin_alone(transliterate: Transliterator, text: str) -> None:
    hindi = _LATIN.sub(" ", text)
    assert transliterate.settled(hindi) == hindi


@given(any_text)
def test_settling_twice_is_settling_once(transliterate: Transliterator, text: str) -> None:
    assert transliterate.settled(transliterate.settled(text)) == transliterate.settled(text)


@pytest.mark.parametrize("word", ["nhi", "mujhe", "चाहिए", "पानी", "bank", "village", "subsidy", "शादी", "kisan"])
def test_words_of_english_hindi_and_hinglish_are_known(transliterate: Transliterator, word: str) -> None:
    assert transliterate.knows(word)


@pytest.mark.parametrize("word", ["qwrtpsdf", "dcouments", "सब्सिजी", "applicatuon", "टूलकट"])
def test_a_slip_of_the_finger_is_not_known(transliterate: Transliterator, word: str) -> None:
    assert not transliterate.knows(word)
