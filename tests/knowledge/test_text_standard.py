"""Village Hindi and Hindi spelt by ear are read as standard Hindi; what is standard already stays."""

import re

import pytest
from any_text import any_text
from hypothesis import given, settings

from knowledge.text import standard as standard_module
from knowledge.text.normalise import fold, plain
from knowledge.text.standard import Standard, by_ear, heard_as, usual
from knowledge.text.transliterate import Transliterator


@pytest.fixture(scope="module")
def standard() -> Standard:
    return Standard(*heard_as(Transliterator.load().hindi))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("करजा केतना मिलिहै", "कितना मिलेगा"),
        ("हमरे लगे कारड नइखे", "कार्ड नहीं है"),
        ("हमाओ पइसा कितै अटको", "पैसा"),
        ("फारम कइसे भरल जाला", "फॉर्म कैसे"),
        ("ई का होला भइया", "होता है"),
    ],
)
def test_words_of_the_dialects_are_read_as_standard_ones(standard: Standard, said: str, meant: str) -> None:
    assert meant in standard(said)


@pytest.mark.parametrize(
    ("heard", "word"),
    [
        ("बयाज", "ब्याज"), ("परसिक्षण", "प्रशिक्षण"), ("परधानमंतरी", "प्रधानमंत्री"), ("इसथान", "स्थान"),
        ("सरते", "शर्तें"), ("मजदुर", "मजदूर"), ("हीस्सा", "हिस्सा"), ("परतिशत", "प्रतिशत"), ("पंजिकरण", "पंजीकरण"),
    ],
)  # fmt: skip
def test_a_word_spelt_by_ear_is_the_one_that_sounds_the_same(standard: Standard, heard: str, word: str) -> None:
    assert standard(heard) == word


@pytest.mark.parametrize(
    ("said", "word"),
    [("पूछत", "पूछता"), ("बनावत", "बनाता"), ("सिखावै", "सिखाने"), ("रहीला", "रहते"), ("बोलइहें", "बोलेंगे"), ("भेजीं", "भेजें")],
)
def test_endings_of_verbs_are_the_standard_ones(standard: Standard, said: str, word: str) -> None:
    assert standard(said) == word


def test_a_word_of_our_field_is_not_taken_for_another_that_sounds_alike() -> None:
    common = ["जारी", "दलिया"]
    assert Standard(*heard_as(common))("जारि") == "जारी"
    assert Standard(*heard_as(common), {"जारि"}.__contains__)("जारि") == "जारि"


def test_standard_sentences_stay_as_they_are(standard: Standard) -> None:
    for said in ("मार्जिन मनी में कितनी सब्सिडी मिलती है", "बैंक ने लोन के लिए मना कर दिया", "क्या मेरे पास आधार कार्ड होना चाहिए"):
        assert standard(said) == said


def test_letters_with_a_dot_are_written_the_usual_way_and_flaps_keep_theirs() -> None:
    assert usual("औज़ार") == "औजार"
    assert usual("मूँज") == "मूंज"
    assert usual("पढ़ाई") == "पढ़ाई"


def test_long_and_short_vowels_and_written_out_conjuncts_sound_alike_but_other_consonants_do_not() -> None:
    assert by_ear("करज") == by_ear("कर्ज")
    assert by_ear("नीवासी") == by_ear("निवासि")
    assert by_ear("काम") != by_ear("कम")
    assert by_ear("खाना") != by_ear("काना")


def test_no_form_of_the_table_stands_for_two_words_or_for_a_standard_word() -> None:
    table = standard_module.read_words("dialect.yml")
    forms = [fold(form) for spelt in table.values() for form in spelt]
    assert len(forms) == len(set(forms))
    assert not set(forms) & {fold(word) for word in table}
    assert all(re.fullmatch(r"[a-z]+|[\u0900-\u097f]+", form) for form in forms)


@settings(max_examples=60)
@given(any_text)
def test_any_text_is_read_and_latin_letters_stay(standard: Standard, text: str) -> None:
    said = plain(text)
    assert re.findall("[a-z]+", standard(said)) == re.findall("[a-z]+", said)
