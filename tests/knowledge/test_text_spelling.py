"""Slips of the finger are put right in words of the field; every other word is left alone."""

from pathlib import Path

import pytest
import yaml
from any_text import any_text
from hypothesis import given
from hypothesis import strategies as st

from knowledge.retrieval.features import Readers
from knowledge.text.normalise import plain
from knowledge.text.spelling import NEAR_KEYS, Speller, of_the_field, words

CASES = yaml.safe_load(Path(__file__).with_name("spelling_slips.yml").read_text(encoding="utf-8"))
SLIPS = [(wrong, right) for slips in CASES["slips"].values() for wrong, right in slips.items()]
REAL = [(code, word) for code, text in CASES["real"].items() for word in text.split()]
FIELD = ("subsidy", "training", "toolkit", "scheme", "registration", "सब्सिडी", "प्रशिक्षण", "loan", "mela", "format")


@pytest.fixture(scope="module")
def speller(readers: Readers) -> Speller:
    return readers.spelling


@pytest.fixture
def small() -> Speller:
    return Speller(FIELD, {"drainings", "goods", "form", "sibling"}.__contains__)


def test_there_are_forty_slips_and_forty_real_words_of_each_language() -> None:
    assert len(SLIPS) >= 40
    assert all(len(text.split()) >= 40 for text in CASES["real"].values())


@pytest.mark.parametrize(("wrong", "right"), SLIPS)
def test_a_slip_is_put_right(speller: Speller, wrong: str, right: str) -> None:
    assert speller(wrong) == right


@pytest.mark.parametrize(("code", "word"), REAL)
def test_a_real_word_is_left_alone(speller: Speller, code: str, word: str) -> None:
    assert speller(plain(word)) == plain(word)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("o d o p kya hai", "odop kya hai"),
        ("ओ डी ओ पी क्या है", "ओडीओपी क्या है"),
        ("mera g s t number", "mera gst number"),
        ("जी एस टी नंबर", "जीएसटी नंबर"),
        ("o t p nahi aaya", "otp nahi aaya"),
        ("p m f m e", "pmfme"),
        ("go d o p", "go d o p"),
        ("a b c d", "a b c d"),
    ],
)
def test_an_acronym_spelt_out_becomes_one_word(small: Speller, typed: str, read: str) -> None:
    assert small(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("subsidyy", "subsidy"), ("traainning", "training"), ("helloo", "hello"), ("heelloo", "helo")],
)
def test_a_stretched_word_loses_its_last_doubled_letter_first(typed: str, read: str) -> None:
    assert Speller(FIELD, {"hello", "helo"}.__contains__)(typed) == read


def test_short_words_are_never_corrected(small: Speller) -> None:
    assert small("laon mele loam") == "laon mele loam"


def test_a_long_word_may_have_two_slips_and_a_short_one_only_one(small: Speller) -> None:
    assert small("regstraton") == "registration"
    assert small("schma") == "schma"


def test_a_word_between_two_of_the_field_is_left_alone() -> None:
    assert Speller(["trainer", "trained"])("trainez") == "trainez"


def test_the_neighbouring_key_outranks_another_letter() -> None:
    speller = Speller(["milega", "mileta"])
    assert speller("mileha") == "milega"  # h lies beside g
    assert speller("milera") == "mileta"  # r lies beside t
    assert speller("milefa") == "milefa"  # f lies beside both


def test_the_first_letter_is_corrected_only_from_a_neighbouring_key(small: Speller) -> None:
    assert small("aubsidy") == "subsidy"
    assert small("nubsidy") == "nubsidy"


def test_keys_lie_beside_each_other_both_ways_and_never_beside_themselves() -> None:
    assert set(NEAR_KEYS) == set("abcdefghijklmnopqrstuvwxyz")
    for key, near in NEAR_KEYS.items():
        assert key not in near
        assert all(key in NEAR_KEYS[other] for other in near)
    assert set(NEAR_KEYS["g"]) >= set("fhtyvb")


@given(st.lists(st.sampled_from([*FIELD, "drainings", "goods", "form", "sibling"])))
def test_known_words_are_never_touched(small_words: list[str]) -> None:
    text = " ".join(small_words)
    assert Speller(FIELD, {"drainings", "goods", "form", "sibling"}.__contains__)(text) == text


@given(any_text)
def test_a_text_is_never_cut_or_joined_by_correcting_its_words(text: str) -> None:
    speller = Speller(FIELD)
    read = plain(text)
    assert len(words(speller(read))) <= len(words(read))
    assert speller(read).count(" ") <= read.count(" ")


@given(any_text)
def test_correcting_twice_is_correcting_once(text: str) -> None:
    speller = Speller(FIELD)
    assert speller(speller(plain(text))) == speller(plain(text))


@given(st.sampled_from([word for word in FIELD if word.isascii()]), st.data())
def test_any_one_swap_in_a_word_of_the_field_is_put_right_or_left(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assert Speller(FIELD)(swapped) in {word, swapped}


def test_digits_and_amounts_are_no_words(small: Speller) -> None:
    assert small("25000 2lakh ₹5") == "25000 2lakh ₹5"


def test_a_word_belongs_to_the_field_when_three_texts_have_it() -> None:
    texts = ["loan loan loan", "loan form", "form loan", "mela"]
    assert of_the_field(texts) == ["loan"]
    assert set(of_the_field([*texts, "form"])) == {"loan", "form"}


def test_a_slip_that_many_make_is_no_word_of_the_field() -> None:
    texts = [*["toolkit form"] * 40, *["toolkt", "trainer", "forms"] * 4, *["trainee"] * 30]
    assert set(of_the_field(texts)) == {"toolkit", "form", "trainer", "trainee"}
    assert Speller(of_the_field(texts))("toolkt") == "toolkit"


def test_an_acronym_is_a_word_however_near_it_is_to_a_commoner_one() -> None:
    texts = [*["ओडीओपी सीएफसी"] * 60, *["ओवीओपी सीएससी"] * 3]
    assert set(of_the_field(texts)) == {"ओडीओपी", "सीएफसी", "ओवीओपी", "सीएससी"}
    assert Speller(["ओडीओपी", "सीएफसी"])("ओवीओपी सीएससी पीएमईजीपी") == "ओवीओपी सीएससी पीएमईजीपी"


def test_what_was_remembered_gives_the_same_again(small: Speller) -> None:
    assert [small.word("sibsidy") for _ in range(3)] == ["subsidy"] * 3
