"""What reaches the bot holds nothing a reader cannot see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.hygiene import clean, has_words


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  नमस्ते \n  दुनिया ", "नमस्ते दुनिया"),
        ("a\x00b\x07c", "abc"),
        ("\u202eolleh\u202c", "olleh"),
        ("hi\U000e0069\U000e0067\U000e006e", "hi"),
        ("l\u200bo\u00ada\ufeffn", "loan"),
        ("/ask_entry{}", "ask_entry{}"),
        (" // /\u200b/restart", "restart"),
        ("\x00/restart", "restart"),
        ("\uff0frestart", "restart"),
        ("1\ufe0f\u20e3", "1"),
        ("entry:toolkit-apply", "entry:toolkit-apply"),
        ("SC/ST", "SC/ST"),
    ],
)
def test_a_message_is_cleaned(raw: str, expected: str) -> None:
    assert clean(raw).text == expected
    assert clean(raw).kind == "text"


@pytest.mark.parametrize("raw", ["", " ", "///", "?!", "👍🏽", "\x00", "\u2800\u3164", "ा", "\ud800"])
def test_a_message_without_letter_or_digit_has_no_words(raw: str) -> None:
    assert clean(raw).kind == "no_words"
    assert clean(raw).text == ""


def test_matras_survive_cleaning() -> None:
    assert clean("किसान योजना की ज़रूरत").text == "किसान योजना की ज़रूरत"


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"])))
def test_nothing_invisible_and_no_leading_slash_is_left(raw: str) -> None:
    text = clean(raw).text
    assert not any(unicodedata.category(character).startswith("C") for character in text)
    assert not text.startswith("/")
    assert text == " ".join(text.split())


@given(st.text())
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean(raw)
    assert clean(once.text) == once


@given(st.text())
def test_a_text_is_either_words_or_empty(raw: str) -> None:
    message = clean(raw)
    assert has_words(message.text) == (message.kind == "text") == bool(message.text)
