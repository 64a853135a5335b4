"""A message as it is understood: what the encoder reads and what is heard."""

import numpy as np
import pytest
from any_text import any_text
from hypothesis import given, settings

from knowledge.retrieval.features import Read, Readers, Sound, centred, grams


@pytest.mark.parametrize(
    ("text", "language", "hindi", "sound"),
    [
        ("LOAN kaise milega?", "hi-Latn", "लोन कैसे मिलेगा", "लोन कैसे मिलेगा"),
        ("sibsidy nhi mili", "hi-Latn", "सब्सिडी नहीं मिली", "सब्सिडी नहीं मिली"),
        ("लोन कैसे मिलेगा?", "hi", "लोन कैसे मिलेगा", "लोन कैसे मिलेगा"),
        ("What is the SUBSIDY?", "en", "what is the subsidy", "what is the subsidy"),
        ("how much sibsidy", "en", "how much subsidy", "how much subsidy"),
        ("سبسڈی کتنی ملتی ہے", "hi", "सब्सिडी कितनी मिलती है", "सब्सिडी कितनी मिलती है"),
        ("o d o p kya hai", "hi-Latn", None, None),
    ],
)
def test_a_message_is_read(readers: Readers, text: str, language: str, hindi: str | None, sound: str | None) -> None:
    read = readers.read(text, language)
    assert read.language == language
    if hindi:
        assert read == Read(language, hindi, sound or "")
    else:
        assert "o d o p" not in read.hindi + read.sound


def test_one_question_in_two_spellings_sounds_the_same(readers: Readers) -> None:
    one, other = (readers.read(text, "hi-Latn") for text in ("mujhe nahi mila", "muje nhi mila"))
    assert one == other


@given(any_text)
@settings(max_examples=60)
def test_any_text_can_be_read_in_every_language(readers: Readers, text: str) -> None:
    for language in ("hi", "hi-Latn", "en"):
        read = readers.read(text, language)
        assert read.language == language
        assert read.hindi == " ".join(read.hindi.split())


@given(any_text)
@settings(max_examples=60)
def test_only_hinglish_is_written_in_other_letters(readers: Readers, text: str) -> None:
    assert readers.read(text, "en").hindi == readers.read(text, "en").sound
    assert readers.read(text, "hi").hindi == readers.read(text, "en").hindi


def test_meanings_are_one_vector_a_message(readers: Readers) -> None:
    read = [readers.read(text, "en") for text in ("a loan", "the toolkit", "a loan")]
    vectors = readers.meaning(read)
    assert vectors.shape[0] == 3
    assert np.array_equal(vectors[0], vectors[2])


def test_readers_know_the_words_of_their_questions(readers: Readers) -> None:
    questions = ["the zimbolo form", "zimbolo fee", "when is the zimbolo"]
    own = Readers.of(questions, readers.encoder)
    assert own.read("zimbolp", "en").hindi == "zimbolo"
    assert Readers.of(questions[:2], readers.encoder).read("zimbolp", "en").hindi == "zimbolp"


def test_n_grams_stay_inside_words_with_their_borders() -> None:
    found = grams("loan kit")
    assert " k" in found
    assert "it " in found
    assert not [gram for gram in found if " " in gram.strip()]
    assert {len(gram) for gram in found} <= {2, 3, 4, 5}


def test_both_scripts_have_the_same_n_grams() -> None:
    assert grams("योजना") == grams("yojna") == grams("YOJNA")


def test_unknown_n_grams_make_no_sound() -> None:
    sound = Sound({" l": 0, "lo": 1}, np.ones(2, np.float32))
    places, values = sound("loan")
    assert sorted(places.tolist()) == [0, 1]
    assert np.linalg.norm(values) == pytest.approx(1)
    assert len(sound("xyz")[0]) == 0


def test_what_a_language_shares_is_taken_out() -> None:
    found = centred(np.array([[3.0, 4.0], [0.0, 5.0]], np.float32), np.array([0.0, 4.0], np.float32))
    assert found.tolist() == [[1.0, 0.0], [0.0, 1.0]]
