"""Only what nobody meant to say is taken out of a transcript."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.transcripts.answers import is_goodbye, language_of, yes_or_no
from channels.transcripts.clean import clean
from channels.transcripts.models import Utterance


@pytest.mark.parametrize(
    ("heard", "left"),
    [
        ("loan loan chahiye", "loan chahiye"),
        ("mujhe loan mujhe loan mujhe loan chahiye", "mujhe loan chahiye"),
        ("kitna milega kitna milega", "kitna milega"),
        ("uh loan um, kaise milega hmm", "loan kaise milega"),
        ("अं वो लोन लोन उम चाहिए", "वो लोन चाहिए"),
        ("loan [noise] chahiye <unk> (inaudible) ♪", "loan chahiye"),
        ("लोन [शोर] चाहिए", "लोन चाहिए"),
        ("loan matlab subsidy wala", "loan subsidy wala"),
        ("मतलब मुझे लोन चाहिए", "मुझे लोन चाहिए"),
        ("hello hello hello ji", "hello ji"),
        ("Loan loan, chahiye", "loan, chahiye"),
    ],
)
def test_sounds_marks_and_stammered_words_go(heard: str, left: str) -> None:
    assert clean(heard) == left


@pytest.mark.parametrize(
    "heard",
    [
        "", "hmm", "uh", "मतलब", "haan haan", "nahi nahi", "hmm haan",
        "PMEGP ka matlab kya hai", "matlab batao", "सब्सिडी का मतलब बताइए", "iska matlab nahi samjha",
        "kya kya kagaz lagega", "कौन कौन सा कागज", "alag alag scheme", "ghar ghar ja kar", "बार बार मना किया",
        "nau nau aath aath double nine nine", "एक एक दो दो", "0 0 1 1 2 2", "98 98", "o o d p", "ओ ओ डी",
        "the (MSME) scheme", "[ODOP] loan", "do do lakh", "PMEGP aur ODOP",
    ],
)  # fmt: skip
def test_what_has_a_meaning_stays(heard: str) -> None:
    expected = {"hmm haan": "haan"}.get(heard, heard)
    assert clean(heard) == expected


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_nothing_is_added_and_words_are_never_lost_altogether(text: str) -> None:
    left = clean(text)
    assert not set(left.split()) - set(re.sub(r"[\[\](){}<>*♪]", " ", text).split()) or set(left) <= set(text) | {" "}
    if re.search(r"\w", text) and not re.search(r"[\[(<{*♪]", text):
        assert left


@given(st.lists(st.sampled_from(["0", "1", "9", "42", "nau", "आठ", "double", "ek", "शून्य", "o", "d", "p"]), max_size=30))
def test_numbers_are_never_shortened(words: list[str]) -> None:
    assert clean(" ".join(words)) == " ".join(words)


@given(st.text(max_size=200))
def test_once_is_enough(text: str) -> None:
    assert clean(clean(clean(text))) == clean(clean(text))


# ---- yes, no and goodbye


def heard(text: str, *alternatives: str) -> Utterance:
    others = [{"text": each} for each in alternatives]
    return Utterance.model_validate({"call_id": "c", "sequence": 1, "text": text, "alternatives": others})


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Haan.", "yes"), ("haan ji haan", "yes"), ("जी हाँ", "yes"), ("हाँ सही है", "yes"), ("1", "yes"),
        ("yes it is", "yes"), ("ji", "yes"), ("nahi ji", "no"), ("जी नहीं", "no"), ("that is wrong", "no"), ("2", "no"),
        ("haan nahi", None), ("haan loan chahiye", None), ("", None), ("12", None),
        ("sahi nahi hai", None),
    ],
)  # fmt: skip
def test_a_yes_is_nothing_but_a_yes(text: str, meant: str | None) -> None:
    assert yes_or_no(heard(text)) == meant


def test_a_yes_may_stand_among_the_alternatives() -> None:
    assert yes_or_no(heard("hand", "haan")) == "yes"


@pytest.mark.parametrize(
    "text", ["bye bye", "theek hai dhanyavaad phone rakhta hu", "अलविदा जी", "Goodbye, thank you."]
)
def test_these_are_goodbyes(text: str) -> None:
    assert is_goodbye(text)


@pytest.mark.parametrize("text", ["", "theek hai", "namaste", "bye the way loan", "loan ke baad milenge kya"])
def test_these_are_none(text: str) -> None:
    assert not is_goodbye(text)


def test_latin_letters_without_a_hindi_word_keep_the_language_of_before() -> None:
    assert language_of("toolkit", None, "hi-Latn") == "hi-Latn"
    assert language_of("toolkit", None, None) == "en"
    assert language_of("toolkit kya hai", "en", "en") == "hi-Latn"
    assert language_of("टूलकिट", "en", "en") == "hi"
