"""Distress is heard in every spelling and script, and not where it is only a figure of speech."""

from pathlib import Path

import pytest
import yaml
from any_text import any_text
from hypothesis import given

from knowledge.entries_loader import Library
from knowledge.text.distress import is_distress, speaks_of_refused_loan

HERE = Path(__file__).parent
LANGUAGES = ("hi", "hi-Latn", "en")
AROUND = ("margin money kya hai? {}", "{}. toolkit kab milegi?", "बांदा का उत्पाद बताइए, {}", "{} and how do I apply")


def sentences(name: str) -> dict[str, list[str]]:
    lists = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return {language: text.split(" / ") for language, text in lists.items()}


DISTRESS, NO_DISTRESS = sentences("distress.yml"), sentences("no_distress.yml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_distress_is_heard(language: str) -> None:
    assert [text for text in DISTRESS[language] if not is_distress(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_sounds_like_it_is_let_pass(language: str) -> None:
    assert [text for text in NO_DISTRESS[language] if is_distress(text)] == []


@pytest.mark.parametrize("around", AROUND)
def test_it_is_heard_whatever_else_the_message_says(around: str) -> None:
    texts = [around.format(text) for texts in DISTRESS.values() for text in texts]
    assert [text for text in texts if not is_distress(text)] == []


@pytest.mark.parametrize("around", AROUND)
def test_a_question_beside_a_figure_of_speech_does_not_make_it_distress(around: str) -> None:
    texts = [around.format(text) for texts in NO_DISTRESS.values() for text in texts]
    assert [text for text in texts if is_distress(text)] == []


@pytest.mark.parametrize(
    "text",
    ["mar jaunga", "MAR JAUNGA!!!", "marjaunga", "mrjaunga ab", "mar hi jaungi", "maaaar jaunga", "मर जाऊँगा।",
     "मर जाऊंगी", "मरजाऊंगा", "मर\u200d जाऊँगा", "mar jauga", "mar  jaaunga"],
)  # fmt: skip
def test_spelling_script_and_signs_do_not_matter(text: str) -> None:
    assert is_distress(text)


def test_no_question_of_an_entry_is_distress(library: Library) -> None:
    asked = [text for entry in library.entries.values() for _, texts in entry.questions for text in texts]
    assert len(asked) > 1000
    assert [text for text in asked if is_distress(text)] == []


@pytest.mark.parametrize(
    ("text", "spoken_of"),
    [
        ("bank ne mana kar diya, ab mar jaunga", True),
        ("loan nhi mila to jeena nahi chahta", True),
        ("लोन रिजेक्ट हो गया, मर जाऊँ क्या", True),
        ("फाइल बैंक ने वापस कर दी, अब मर जाऊंगा", True),
        ("my loan was refused and I want to die", True),
        ("bank is not giving the loan, I want to end my life", True),
        ("pati roz marta hai", False),
        ("बच्चे भूखे हैं", False),
        ("karz wapas nahi kar paya, mar jaunga", False),
        ("I want to die", False),
    ],
)
def test_a_refused_loan_is_noticed_too(text: str, spoken_of: bool) -> None:
    assert is_distress(text)
    assert speaks_of_refused_loan(text) is spoken_of


@given(any_text)
def test_any_text_can_be_listened_to(text: str) -> None:
    assert is_distress(text) in (True, False)
    assert speaks_of_refused_loan(text) in (True, False)
