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
