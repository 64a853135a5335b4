"""`clean`, `plain` and `fold`: one spelling for one text, whatever comes in."""

import unicodedata

import pytest
from any_text import any_text
from hypothesis import example, given

from knowledge.text.normalise import clean, fold, has_words, plain

INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  loan   kaise\tmilega\n", "loan kaise milega"),
        ("लोन चाहिए।", "लोन चाहिए"),
        ("लोन चाहिए॥ जल्दी।", "लोन चाहिए जल्दी"),
        ("मेरी उम्र ४५ साल है", "मेरी उम्र 45 साल है"),
        ("क्\u200dया", "क्या"),
        ("क्\u200cया", "क्या"),
        ("\ufeffhello\u200b", "hello"),
        ("a\u202eb\u2066c", "abc"),
        ("loan\x00form\x07", "loanform"),
        ("e\u0301", "é"),
        ("₹50,000 / month?", "₹50,000 / month?"),
        ("Agra\u00a0ka\u2003product", "Agra ka product"),
        ("", ""),
        ("\u200d\u200c", ""),
    ],
)
def test_cleaning_keeps_the_words_and_drops_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ज़िला", "जिला"),
        ("ज\u093cिला", "\u095bिला"),
        ("पाँच", "पांच"),
        ("LOAN", "loan"),
        ("Loan?!", "loan"),
        ("pleaseeeee", "please"),
        ("हाँ", "हां"),
        ("naïve", "naive"),
        ("क्\u200dया", "क्या"),
        ("१२३", "123"),
        ("zari-zardozi", "zari zardozi"),
    ],
)
def test_ways_of_writing_the_same_thing_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("agra", "agre"), ("दरी", "दारी"), ("mela", "mel"), ("12", "21")])
def test_different_words_stay_different_when_folded(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(any_text)
@example("a\u200d\u0301")
@example("न\u200d़")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(any_text)
@example("a\u200d\u0301")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(any_text)
def test_a_folded_text_does_not_depend_on_cleaning_first(text: str) -> None:
    assert fold(clean(text)) == fold(text)


@given(any_text)
def test_nothing_invisible_survives_cleaning(text: str) -> None:
    assert not [c for c in clean(text) if unicodedata.category(c) in INVISIBLE]


@given(any_text)
def test_no_devanagari_digit_and_no_danda_survives_cleaning(text: str) -> None:
    assert not set(clean(text)) & set("०१२३४५६७८९।॥")


@given(any_text)
@example("a\u200d\u0301")
@example("न\u200d़")
def test_a_cleaned_text_is_composed(text: str) -> None:
    assert unicodedata.is_normalized("NFC", clean(text))


@given(any_text)
def test_spaces_are_single_and_inside_only(text: str) -> None:
    for made in (clean(text), fold(text)):
        assert made == " ".join(made.split())


@given(any_text)
def test_cleaning_never_makes_a_text_much_longer(text: str) -> None:
    assert len(clean(text)) <= 3 * len(text)
    assert len(fold(text)) <= 6 * len(text)


@pytest.mark.parametrize(("text", "expected"), [("?!", False), ("👍", False), ("", False), ("5", True), ("हाँ", True)])
def test_a_text_has_words_when_it_has_a_letter_or_a_digit(text: str, expected: bool) -> None:
    assert has_words(text) is expected


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("LOAN kaise milega??", "loan kaise milega"),
        ("loooan chahiyeee", "looan chahiyee"),
        ("₹50,000 / month?", "50000 month"),
        ("2,50,000 tak", "250000 tak"),
        ("1,2 ya 3, 4", "12 ya 3 4"),
        ("ज़िला, काग़ज़।", "ज़िला काग़ज़"),
        ("पाँच लााख", "पाँच लाख"),
        ("क्याा हैैै", "क्या है"),
        ("zari-zardozi (Bareilly)", "zari zardozi bareilly"),
        ("👍🏽", ""),
        ("", ""),
    ],
)
def test_a_plain_text_is_its_words_in_small_letters(typed: str, read: str) -> None:
    assert plain(typed) == read


@given(any_text)
@example("a\u200d\u0301")
@example("aaa1,,2")
@example("१,२,३")
def test_plain_twice_is_plain_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(any_text)
def test_a_plain_text_is_words_with_single_spaces_between(text: str) -> None:
    assert plain(text) == " ".join(plain(text).split())
    assert all(c.isalnum() or c in " _" or unicodedata.combining(c) or "\u0900" <= c <= "\u097f" for c in plain(text))


@given(any_text)
@example("लोन ज़िला aaab")
def test_a_folded_text_is_plain(text: str) -> None:
    assert plain(fold(text)) == fold(text)


@given(any_text)
def test_nothing_stands_three_times_in_a_plain_text_but_digits(text: str) -> None:
    letters = [plain(text)[i : i + 3] for i in range(len(plain(text)) - 2)]
    assert not [c for c in letters if len(set(c)) == 1 and (c[0].isalpha() or "\u0900" <= c[0] <= "\u0963")]
