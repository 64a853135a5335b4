"""What the holder is shown, at every stage in every language, and the words it is made of."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from status_talk import LANGUAGES, RESPONSES, ROOT, sentence

from actions.applications import sentences, stages
from actions.applications.directory import Application, Step
from actions.dialogue.said import Said
from actions.status import words
from actions.status.shown import several, shown
from knowledge.entry import MAX_SHORT
from knowledge.errors import EntryError

TODAY = date(2026, 11, 20)
STAGES = [(scheme, code) for scheme, found in stages.load().by_scheme.items() for code in found]
EVERY = [(scheme, code, language, days) for scheme, code in STAGES for language in LANGUAGES for days in (3, 1200)]
ENTRIES = {path.stem for path in (ROOT / "knowledge" / "entries").rglob("*.yml")}


def reply(scheme: str, code: str, language: str, days: int = 3) -> Said:
    steps = (Step("applied", date(2023, 1, 5)), Step(code, TODAY - timedelta(days=days)))
    return shown(Application("ODOP/MM/23/004207", scheme, "lucknow", steps), language, TODAY)


@pytest.mark.parametrize(("scheme", "code", "language", "days"), EVERY)
def test_every_stage_is_said_first_and_briefly_with_scheme_district_and_what_to_do(
    scheme: str, code: str, language: str, days: int
) -> None:
    said = reply(scheme, code, language, days)
    text = sentence(said, language)
    stage = stages.load().by_scheme[scheme][code]
    first = re.split(r"[।.](?:\s|$)", text)[0]
    assert stage.name[language] in first
    assert ("लखनऊ" if language == "hi" else "Lucknow") in first
    assert words.load().schemes[scheme].name[language] in first
    for part in (stage.next, stage.do_now):
        assert part[language] in text
    assert len(text.split()) <= 100
    assert said.sources
    assert said.outcome == "status_given"


@pytest.mark.parametrize(("scheme", "code", "language", "days"), EVERY)
def test_the_short_form_fits_an_sms_and_names_the_stage(scheme: str, code: str, language: str, days: int) -> None:
    said = reply(scheme, code, language, days)
    assert said.short is not None
    assert len(said.short) <= MAX_SHORT[language]
    assert stages.load().by_scheme[scheme][code].name[language] in said.short


@pytest.mark.parametrize(("scheme", "code", "language", "days"), EVERY)
def test_the_spoken_form_has_no_long_digits_signs_or_latin_sentences_for_hindi(
    scheme: str, code: str, language: str, days: int
) -> None:
    speech = reply(scheme, code, language, days).speech or ""
    without_year = re.sub(r"\b20\d\d\b", "", speech)
    assert not re.search(r"\d{4,}|[%()/{}]|\d-\d", without_year), speech
    assert "4 2 0 7" in speech
    assert ("आवेदन" in speech) == (language != "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_end_of_the_number_is_ever_said(language: str) -> None:
    said = reply("margin_money", "applied", language)
    everything = " ".join([sentence(said, language), said.short or "", said.speech or "", str(said.buttons)])
    assert "4207" in everything
    assert "004207" not in everything
    assert "ODOP/MM" not in everything


def test_a_stage_that_lasts_too_long_says_for_how_many_days() -> None:
    said = reply("margin_money", "forwarded_bank", "en", days=45)
    assert "It has been 45 days" in sentence(said, "en")
    assert "It has been" not in sentence(reply("margin_money", "forwarded_bank", "en", days=30), "en")


def test_a_final_stage_worries_nobody() -> None:
    assert "our own measure" not in sentence(reply("margin_money", "adjusted", "en", 1200), "en")


def test_after_a_refusal_by_the_bank_help_with_it_is_the_first_button() -> None:
    assert reply("margin_money", "bank_rejected", "hi").buttons[0].payload == "task:rejection.forwarded"


def test_after_an_objection_correcting_and_papers_are_offered() -> None:
    payloads = [b.payload for b in reply("margin_money", "objection", "hi").buttons]
    assert payloads == ["entry:status-objection", "entry:application-papers-general", "person:"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_is_short_and_leads_to_an_entry_a_task_or_a_person(language: str) -> None:
    for payload, title in words.load().buttons.items():
        assert 0 < len(title[language]) <= 24, payload
        kind, _, value = payload.partition(":")
        assert (
            value in ENTRIES if kind == "entry" else payload in ("person:", "task:status", "task:rejection.forwarded")
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_scheme_and_day_on_short_buttons_without_a_number(language: str) -> None:
    owned = tuple(Application(f"ODOP/XX/26/00123{i}", s, "agra", (Step("x", date(2026, 10, 30)),))
                  for i, s in enumerate(words.load().schemes))  # fmt: skip
    said = several(owned, language)
    assert [b.payload for b in said.buttons] == ["1", "2", "3", "4"]
    assert all(len(b.title) <= 24 and "30" in b.title for b in said.buttons)
    assert "0012" not in str(said)


def test_the_sentences_that_staff_hear_too_are_the_same_word_for_word() -> None:
    texts = sentences.load()
    shared = {
        "utter_status_unavailable": texts.unavailable,
        "utter_status_where_number_is": texts.where_number_is,
        "utter_number_incomplete": texts.incomplete,
        "utter_number_mobile": texts.mobile,
        "utter_number_aadhaar": texts.aadhaar,
        "utter_number_udyam": texts.udyam,
    }
    for response, text in shared.items():
        assert {language: sentence(Said(response), language) for language in LANGUAGES} == dict(text.items())


@pytest.mark.parametrize("response", sorted(RESPONSES))
def test_every_sentence_is_in_three_languages_with_the_same_gaps_and_outcome(response: str) -> None:
    variants = RESPONSES[response]
    assert len(variants) == len(LANGUAGES)
    assert len({frozenset(re.findall(r"{(\w+)}", v["text"])) for v in variants}) == 1
    assert len({v["custom"]["outcome"] for v in variants}) == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("bank_rejected: [", "bank_refused: [", "is missing, or is no stage"),
        ('draft: ["entry:status-draft"]', 'draft: ["entry:status-drafts"]', "is no button"),
        ("percent:", "per_cent:", "per_cent"),
    ],
)
def test_a_mistake_in_the_words_is_told_with_its_file(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = words.PATH.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "words.yml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(EntryError, match=told) as error:
        words.load.__wrapped__(path)
    assert "words.yml" in str(error.value)
