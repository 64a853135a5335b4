"""The phonetic skeleton: spellings that sound the same meet, others do not."""

import re

import pytest
from any_text import any_text
from hypothesis import given

from knowledge.text.skeleton import romanise, skeleton

SAME_SOUND = """
सब्सिडी sabsidi | सब्सिडी subsidy | योजना yojna | लोन loan | लोन lon | ज़िला zila | जिला jila | ज़िला zilaa
प्रशिक्षण prashikshan | प्रशिक्षण prasikshan | आवेदन aavedan | आवेदन avedan | उत्पाद utpad | उत्पाद utpaad
बैंक baink | दरी daree | कालीन kaleen | कालीन kalin | चमड़ा chamra | ज़री jari | ज़री zari | ज़रदोज़ी zardozi
ज़रदोज़ी jardoji | चिकनकारी chikankari | पीतल pital | पीतल peetal | मूँज munj | मूंज moonj | काँच kanch
कांच kaanch | अनुदान anudaan | कारीगर karigar | कारीगर kaarigar | दस्तावेज़ dastavej | दस्तावेज dastavez
काग़ज़ kagaz | कागज kaagaj | फ़ॉर्म form | फॉर्म phorm | मिट्टी mitti | मिट्टी miti | चूड़ी churi | लकड़ी lakri
कितना kitna | कैसे kaise | कैसे kese | ट्रेनिंग trening | टूलकिट toolkit | टूलकिट tulkit | सरकार sarkar
मशीन mashin | पैसा paisa | पैसा pesa | ब्याज byaj | ब्याज biyaj | उद्योग udyog | उद्योग udhyog | केंद्र kendra
केन्द्र kendr | भदोही bhadohi | फ़ोन phone | कर्ज karz | क़र्ज़ karj | नौकरी naukri | दुकान dukan | दुकान dookan
बाज़ार bajaar | बाजार bazar | पहचान pahchan | महिला mahila | शिकायत shikayat | सिलाई silai | सहायता sahayta
"""
PAIRS = [tuple(pair.split()) for pair in re.split(r"[|\n]", SAME_SOUND) if pair.strip()]


@pytest.mark.parametrize(("hindi", "latin"), PAIRS, ids=[latin for _, latin in PAIRS])
def test_a_word_has_one_skeleton_in_both_scripts_and_all_spellings(hindi: str, latin: str) -> None:
    assert skeleton(hindi) == skeleton(latin)


@pytest.mark.parametrize(
    ("one", "other"),
    [("loan", "lena"), ("दरी", "दारा सिंह"), ("bank", "bunk"), ("mela", "maal"), ("jila", "jala"), ("kit", "kati")],
)
def test_words_that_sound_different_keep_different_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    ("hindi", "latin"),
    [
        ("योजना", "yojnaa"),
        ("लोन", "lon"),
        ("बैंक", "baink"),
        ("घर", "ghar"),
        ("बनता", "bantaa"),
        ("हम 5 लोग", "ham 5 log"),
        ("loan चाहिए", "loan chaahie"),
        ("abc", "abc"),
    ],
)
def test_hindi_is_written_in_plain_latin_letters(hindi: str, latin: str) -> None:
    assert romanise(hindi) == latin


@given(any_text)
def test_romanising_twice_is_romanising_once(text: str) -> None:
    assert romanise(romanise(text)) == romanise(text)


@given(any_text)
def test_no_devanagari_is_left_after_romanising(text: str) -> None:
    assert not re.search(r"[\u0900-\u097f]", romanise(text))


@given(any_text)
def test_a_skeleton_is_plain_letters_digits_and_single_spaces(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", skeleton(text))


@given(any_text)
def test_neither_form_is_ever_much_longer_than_the_text(text: str) -> None:
    assert len(romanise(text)) <= 5 * len(text)
    assert len(skeleton(text)) <= 20 * len(text)  # one sign can stand for a word of eighteen letters


@given(any_text)
def test_case_does_not_change_an_ascii_skeleton(text: str) -> None:
    ascii_only = text.encode("ascii", "ignore").decode()
    assert skeleton(ascii_only.upper()) == skeleton(ascii_only.lower())
