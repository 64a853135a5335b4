"""Every sentence exists in three languages, is short enough and has its gaps filled."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.dialogue.said import Said
from actions.eligibility.errors import SchemeError
from actions.rejection.advice import STEPS
from actions.rejection.fields import PATH as FIELDS
from actions.rejection.fields import load_fields
from actions.rejection.steps import PATH as STEP_WORDS
from actions.rejection.steps import load_steps, say
from knowledge.entries_loader import load_sources
from knowledge.entry import MAX_SHORT, MAX_TITLE

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = ("hi", "hi-Latn", "en")
RESPONSES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (ROOT / "bot" / "responses" / "rejection.yml").read_text(encoding="utf-8")
)["responses"]
LONG = date(2026, 9, 30)  # "30 September 2026" is the longest day there is
# The days each step is given (advice.py, corrections.py).
DAYS = {
    "collateral": ["bank_until"], "deposit": ["bank_until"], "bribe": ["bank_until"], "complain": ["bank_until"],
    "wait": ["bank_until", "opens", "closes"], "ombudsman": ["closes"], "late": ["closes"], "late_old": ["closes"],
    "day_ahead": ["day"], "reply_too_early": ["day"],
}  # fmt: skip
NAMES = (*STEPS, "ask_dic", "doors", "day_ahead", "reply_too_early")


def variants(response: str) -> dict[str, dict[str, Any]]:
    return {v["condition"][0]["value"] if "condition" in v else "en": v for v in RESPONSES[response]}


def said() -> Iterator[tuple[str, str, Said]]:
    for name in NAMES:
        for language in LANGUAGES:
            yield name, language, say(name, dict.fromkeys(DAYS.get(name, ()), LONG), language)


SAID = [pytest.param(*one, id=f"{one[0]} {one[1]}") for one in said()]


def gaps(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def test_every_sentence_of_the_file_is_said_by_some_step() -> None:
    opening = "utter_rejection_begin"
    assert {opening, *(words.response for words in load_steps().steps.values())} == set(RESPONSES)


@pytest.mark.parametrize("key", RESPONSES)
def test_a_sentence_exists_in_three_languages_english_last(key: str) -> None:
    assert list(variants(key)) == list(LANGUAGES)


@pytest.mark.parametrize(("name", "language", "one"), SAID)
def test_all_gaps_are_filled_and_every_day_is_told(name: str, language: str, one: Said) -> None:
    text = variants(one.response)[language]["text"]
    assert gaps(text) == set(one.values) == set(DAYS.get(name, ()))
    assert all("{" not in (form or "") for form in (one.short, one.speech))


@pytest.mark.parametrize(("name", "language", "one"), SAID)
def test_the_outcome_is_that_of_the_sentence(name: str, language: str, one: Said) -> None:
    assert variants(one.response)[language]["custom"]["outcome"] == one.outcome


@pytest.mark.parametrize(("name", "language", "one"), SAID)
def test_a_text_has_at_most_ninety_words(name: str, language: str, one: Said) -> None:
    assert len(variants(one.response)[language]["text"].format(**one.values).split()) <= 93  # a day is three words


@pytest.mark.parametrize(("name", "language", "one"), SAID)
def test_the_short_form_fits_into_two_segments(name: str, language: str, one: Said) -> None:
    assert 0 < len(one.short or "") <= MAX_SHORT[language]


@pytest.mark.parametrize(("name", "language", "one"), SAID)
def test_a_spoken_form_has_no_address_and_no_long_digits(name: str, language: str, one: Said) -> None:
    assert not re.search(r"\d{4,}|@|\.\w+\.|\bwww\b|[/()]", one.speech or "")


@pytest.mark.parametrize(("name", "language", "one"), SAID)
def test_buttons_are_short_and_lead_to_something_that_is_there(name: str, language: str, one: Said) -> None:
    for button in one.buttons:
        kind, _, value = button.payload.partition(":")
        assert 0 < len(button.title) <= MAX_TITLE
        assert kind != "entry" or list((ROOT / "knowledge" / "entries").glob(f"*/{value}.yml")), value


def test_every_source_is_known() -> None:
    known = load_sources()
    for words in load_steps().steps.values():
        assert set(words.sources) <= set(known)


@pytest.mark.parametrize("step", STEPS)
def test_every_step_names_its_sources_and_a_person_to_talk_to(step: str) -> None:
    words = load_steps().steps[step]
    assert words.sources
    assert words.offers[-1] == "person"


@pytest.mark.parametrize("step", ["wait", "ombudsman", "undated", "with_ombudsman", "in_court"])
def test_near_the_ombudsman_what_he_does_not_take_is_offered(step: str) -> None:
    assert "not_taken" in load_steps().steps[step].offers


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ombudsman_step_says_where_that_it_is_free_and_what_it_will_not_do(language: str) -> None:
    text = variants("utter_rejection_ombudsman")[language]["text"]
    assert all(place in text for place in ("cms.rbi.org.in", "crpc@rbi.org.in", "14448"))
    assert re.search("does not normally order|aam taur par loan ka aadesh nahi|आम तौर पर लोन का आदेश नहीं", text)
    assert "Chandigarh" not in text and "चंडीगढ़" not in text  # not certain in 2026: the entry by post says so


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("response", ["utter_rejection_doors", "utter_rejection_late"])
def test_1076_is_said_to_be_for_the_dic_only(language: str, response: str) -> None:
    assert re.search("1076 (is only|sirf|सिर्फ़)", variants(response)[language]["text"])


def test_button_titles_of_the_choices_are_short() -> None:
    for field in load_fields().values():
        for words in field.choices.values():
            assert all(len(title) <= MAX_TITLE for _, title in words.items())


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (FIELDS, "court:", "cort:", "there is no such field"),
        (FIELDS, "    papers:", "    paper:", "name exactly: papers"),
        (FIELDS, "  why:", "  wy:", "wy"),
    ],
)
def test_a_wrong_field_file_is_told_with_its_line(tmp_path: Path, path: Path, old: str, new: str, message: str) -> None:
    broken = tmp_path / path.name
    broken.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SchemeError, match=message) as caught:
        load_fields(broken)
    assert re.search(rf"{path.name}:\d+", str(caught.value))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  in_court:", "  in_cort:", "no words for in_court"),
        ("[not_taken, court,", "[not_takn, court,", "nothing offered is called not_takn"),
        ("utter_rejection_wait", "utter_wait", "response"),
        ("entry:consumer-court", "link:consumer-court", "payload"),
        ("दूसरे रास्ते", "दूसरे रास्ते जो आपके लिए खुले हैं", "longer than 24"),
    ],
)
def test_a_wrong_step_file_is_told_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    broken = tmp_path / STEP_WORDS.name
    broken.write_text(STEP_WORDS.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SchemeError, match=message) as caught:
        load_steps(broken)
    assert re.search(rf"{STEP_WORDS.name}:\d+", str(caught.value))
