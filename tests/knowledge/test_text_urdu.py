"""Hindi-Urdu in Arabic letters is read as Hindi; other scripts and other languages come through untouched."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from any_text import any_text
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.errors import NotBuiltError
from knowledge.text.mention import read_words
from knowledge.text.urdu import UrduReader, key_of_hindi, key_of_urdu, looser

SENTENCES = yaml.safe_load(Path(__file__).with_name("urdu_sentences.yml").read_text(encoding="utf-8"))
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")


@pytest.fixture(scope="session")
def urdu() -> UrduReader:
    return UrduReader.load()


def same(word: str) -> str:
    """ज़रूरी and जरूरी, कहाँ and कहां are one word."""
    return unicodedata.normalize("NFD", word).replace("़", "").replace("ँ", "ं")


def test_there_are_forty_sentences() -> None:
    assert len(SENTENCES) >= 40


@pytest.mark.parametrize(("text", "wanted"), SENTENCES.items())
def test_the_words_of_a_sentence_come_out_as_the_right_hindi_words(
    urdu: UrduReader, text: str, wanted: list[str]
) -> None:
    read = {same(word) for word in urdu(text).split()}
    assert [word for word in wanted if same(word) not in read] == [], urdu(text)


@pytest.mark.parametrize("text", SENTENCES)
def test_nothing_of_a_sentence_is_left_in_urdu_script(urdu: UrduReader, text: str) -> None:
    assert not _ARABIC.search(urdu(text))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("loan چاہیے", "loan चाहिए"),
        ("मुझे قرض چاہیے", "मुझे क़र्ज़ चाहिए"),
        ("ODOP کیا ہے؟", "ODOP क्या है؟"),
        ("25000 روپے", "25000 रुपये"),
    ],
)
def test_what_stands_beside_urdu_words_is_kept(urdu: UrduReader, text: str, read: str) -> None:
    assert urdu(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "أريد قرضا من البنك",
        "كيف يمكنني الحصول على قرض من الحكومة",
        "ما هو رقم الهاتف للمكتب",
        "من می خواهم وام بگیرم",
        "چگونه می توانم از دولت کمک بگیرم",
        "شماره تلفن اداره را بدهید",
    ],
)
def test_arabic_and_persian_are_left_alone(urdu: UrduReader, text: str) -> None:
    assert urdu(text) == text


@given(any_text)
@example("मुझे लोन चाहिए")
@example("loan kaise milega?")
def test_a_text_without_arabic_letters_is_left_alone(urdu: UrduReader, text: str) -> None:
    if not _ARABIC.search(text):
        assert urdu(text) == text


@given(any_text, st.sampled_from(sorted(SENTENCES)))
def test_latin_and_devanagari_beside_urdu_are_left_alone(urdu: UrduReader, text: str, sentence: str) -> None:
    other = re.sub("[^A-Za-z0-9\u0900-\u097f ]", "", text)
    assert urdu(f"{other} {sentence}").startswith(other + " ")


@given(st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقکگلمنوہھیےںٹڈڑپچژئؤآءأۂ \u0650\u0651؟۔"), max_size=30))
def test_any_urdu_letters_are_read_without_an_error(urdu: UrduReader, text: str) -> None:
    assert isinstance(urdu(text), str)


@given(st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقکگلمنوہھیےںٹڈڑپچژ "), max_size=30))
def test_what_was_read_is_read_once(urdu: UrduReader, text: str) -> None:
    read = urdu(text)
    assert _ARABIC.search(read) is None or read == text or urdu(read) == read


@pytest.mark.parametrize(
    ("urdu_word", "hindi"),
    [
        ("کیا", "क्या"),
        ("پیسہ", "पैसा"),
        ("گئی", "गई"),
        ("گئے", "गए"),
        ("ہوا", "हुआ"),
        ("جائے", "जाए"),
        ("بتائیے", "बताइए"),
        ("لیے", "लिए"),
        ("آدھار", "आधार"),
        ("ادھار", "उधार"),
        ("سائٹ", "साइट"),
        ("کھڑا", "खड़ा"),
        ("زمین", "ज़मीन"),
        ("ضلع", "ज़िला"),
    ],
)
def test_a_word_has_the_same_key_in_both_scripts(urdu_word: str, hindi: str) -> None:
    assert key_of_urdu(urdu_word) == key_of_hindi(hindi)


@pytest.mark.parametrize(
    ("one", "other"), [("کا", "کی"), ("ملی", "ملے"), ("آدھار", "ادھار"), ("تالا", "ٹالا"), ("کام", "نام")]
)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert key_of_urdu(one) != key_of_urdu(other)


@pytest.mark.parametrize(("one", "other"), [("قرض", "کرز"), ("پڑھائی", "پڑائی"), ("فارم", "پارم"), ("آگرہ", "اگرہ")])
def test_letters_people_mix_up_share_a_looser_key(one: str, other: str) -> None:
    assert looser(key_of_urdu(one)) == looser(key_of_urdu(other))


def test_short_vowel_marks_do_not_matter() -> None:
    assert key_of_urdu("قَرض") == key_of_urdu("قرض")


def test_a_word_nobody_knows_is_spelt_out_as_a_hindi_word_can_be() -> None:
    reader = UrduReader({key_of_urdu("ہے"): "है", key_of_urdu("کیا"): "क्या"}, {})
    assert reader("ابچ کیا ہے") == "अबच क्या है"
    assert reader("آبچ کیا ہے") == "आबच क्या है"


def test_the_ending_of_the_future_is_joined_to_an_unknown_verb_too() -> None:
    reader = UrduReader({key_of_urdu(w): h for w, h in {"ہے": "है", "ٹپکے": "टपके"}.items()}, {})
    assert reader("ٹپکے گا ہے") == "टपकेगा है"


def test_every_word_of_our_own_list_is_read_as_it_says(urdu: UrduReader) -> None:
    for hindi, spelt in read_words("urdu.yml").items():
        for word in spelt:
            assert urdu(f"{word} کیا ہے").split()[0] == hindi


def test_a_reader_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="knowledge build"):
        UrduReader.load(tmp_path / "urdu.json")


def test_the_table_holds_hindi_words_only(urdu: UrduReader, tmp_path: Path) -> None:
    for table in (urdu._words, urdu._loose):
        assert all(re.fullmatch("[\u0900-\u097f]+", word) for word in table.values())
    (tmp_path / "urdu.json").write_text(json.dumps({"words": urdu._words, "loose": urdu._loose}), encoding="utf-8")
    assert UrduReader.load(tmp_path / "urdu.json")("کیا ہے") == "क्या है"
