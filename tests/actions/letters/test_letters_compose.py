"""What a letter says: what was told, what is computed, and gaps for a pen."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_tools import TODAY, TOLD

from actions.eligibility.kinds import Value
from actions.letters.compose import clean, compose
from actions.letters.fields import WRONGS
from actions.letters.letter import TOPICS, Language, Topic, restore
from actions.letters.words import common

LANGUAGES: tuple[Language, ...] = ("hi", "en")
BOTH = [(topic, language) for topic in TOPICS for language in LANGUAGES]
CIRCULAR = "DBOD.No.Leg.BC.65"


def text(topic: Topic, language: Language = "hi", **changes: Value) -> str:
    return compose(topic, language, {**TOLD, **changes}, TODAY).text()


def without(topic: Topic, *names: str, language: Language = "hi") -> str:
    told = {name: value for name, value in TOLD.items() if name not in names}
    return compose(topic, language, told, TODAY).text()


@pytest.mark.parametrize(("topic", "language"), BOTH)
def test_all_that_was_told_stands_in_the_letter(topic: Topic, language: Language) -> None:
    letter = text(topic, language)
    for value in ("ज्ञानवती", "रामपुर", "चौक शाखा", "₹2,50,000", "ODOP/MM/26/001234"):
        assert value in letter
    assert ("12 सितंबर 2026" if language == "hi" else "12 September 2026") in letter
    assert ("22 नवंबर 2026" if language == "hi" else "22 November 2026") in letter


@pytest.mark.parametrize(("topic", "language"), BOTH)
def test_a_letter_is_written_from_nothing_and_keeps_gaps_for_a_pen(topic: Topic, language: Language) -> None:
    letter = compose(topic, language, {}, TODAY).text()
    for name in ("name", "place", "bank", "amount", "application_number"):
        assert f"___ ({common(language).gaps[name]})" in letter
    assert "{" not in letter and "None" not in letter


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wrong", WRONGS)
@pytest.mark.parametrize("topic", ["bank", "ombudsman"])
def test_every_complaint_has_its_words_and_asks_for_no_loan(topic: Topic, language: Language, wrong: str) -> None:
    letter = text(topic, language, wrong=wrong)
    assert "{" not in letter
    decision = "निर्णय बैंक का है" if language == "hi" else "the bank's decision"
    assert decision in letter
    assert not any(demand in letter for demand in ("लोन दिया जाए", "लोन मंज़ूर किया जाए", "loan be sanctioned"))


def test_the_bank_is_given_thirty_days_from_today() -> None:
    assert "22 दिसंबर 2026" in text("bank")
    assert "by 22 December 2026" in text("bank", "en")


def test_the_ombudsman_is_told_when_the_banks_thirty_days_ended() -> None:
    assert "4 नवंबर 2026 को पूरे हुए और उत्तर नहीं मिला" in text("ombudsman")
    assert "ended on 4 November 2026" in text("ombudsman", "en")


def test_the_ombudsman_is_told_of_a_reply_that_did_not_help_or_left_to_fill_in() -> None:
    assert "बैंक के उत्तर की तारीख़" in text("ombudsman", bank_reply="not_satisfied")
    assert "उत्तर नहीं मिला / उत्तर की तारीख़" in without("ombudsman", "bank_reply")
    assert "बैंक के 30 दिन पूरे हुए" in without("ombudsman", "complained_on")


@pytest.mark.parametrize(("language", "first"), [("hi", "पहले बैंक से की जा चुकी"), ("en", "complained to the bank first")])
def test_the_ombudsman_is_told_that_the_bank_came_first(language: Language, first: str) -> None:
    letter = text("ombudsman", language)
    assert first in letter
    assert "2026)" in letter and "160017" in letter


@pytest.mark.parametrize("wrong", ["no_answer", "delay"])
def test_a_bank_that_has_not_decided_has_not_refused(wrong: str) -> None:
    told: dict[str, Any] = {n: v for n, v in TOLD.items() if n != "refused_on"} | {"wrong": wrong}
    assert "नामंज़ूर किया गया" not in compose("bank", "hi", told, TODAY).text()


def test_the_circular_on_reasons_is_named_to_commercial_banks_only() -> None:
    assert CIRCULAR in text("reasons")
    for bank in ("Baroda UP Gramin Bank", "बड़ौदा यूपी ग्रामीण बैंक", "ज़िला सहकारी बैंक", "Zila Co-operative Bank"):
        assert CIRCULAR not in text("reasons", bank=bank)
        assert CIRCULAR not in text("bank", bank=bank)


@pytest.mark.parametrize(
    ("amount", "refused_on", "named"),
    [
        (20_00_000, date(2026, 4, 1), True),
        (20_00_001, date(2026, 4, 1), False),
        (20_00_000, date(2026, 3, 31), False),
    ],
)
def test_the_rule_on_collateral_is_named_where_it_holds(amount: int, refused_on: date, named: bool) -> None:
    letter = text("bank", wrong="collateral", amount=amount, refused_on=refused_on)
    assert ("₹20 लाख तक के लोन में गिरवी नहीं" in letter) == named


@pytest.mark.parametrize("hostile", ["{{ 7*7 }}", "{% for x in y %}", "{letter}", "%s %(a)s", "<b>&amp;</b>", "{nb}"])
def test_what_the_user_says_is_never_a_template(hostile: str) -> None:
    assert f"नाम: {hostile}" in text("reasons", name=hostile)


def test_one_answer_stays_one_line_without_hidden_characters() -> None:
    assert clean("राम\n\nहस्ताक्षर:\x00 \u202eabc\u2066") == "राम हस्ताक्षर: abc"
    assert clean("क्\u200dष") == "क्\u200dष"


def test_an_answer_of_nothing_visible_is_a_gap() -> None:
    assert "(आपका नाम)" in text("reasons", name="\u202e \x07")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.sampled_from(BOTH))
def test_any_words_can_be_written_and_kept(name: str, both: tuple[Topic, Language]) -> None:
    letter = compose(*both, {**TOLD, "name": name}, TODAY)
    assert restore(letter.dump()) == letter
