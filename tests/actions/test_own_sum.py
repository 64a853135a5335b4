"""The sum of one's own project is said instead of the general answer, and goes on with "and if it were 30"."""

import pytest
from rasa_calls import LANGUAGES, Bot

from actions.knowledge_base import knowledge_base
from actions.own_sum import by_entry
from knowledge.entries_loader import load
from knowledge.retrieval.decide import Hit, Result

ASKED = {
    "hi": "12 लाख के प्रोजेक्ट पर कितनी सब्सिडी मिलेगी",
    "hi-Latn": "12 lakh ke project par kitni subsidy milegi",
    "en": "how much subsidy on a project of 12 lakh",
}


def _finds(monkeypatch: pytest.MonkeyPatch, entry: str, zone: str = "answer") -> None:
    result = Result(zone, (Hit(entry, 0.7),), "en")  # type: ignore[arg-type]
    monkeypatch.setattr(knowledge_base().retriever, "search", lambda *_: result)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zone", ["answer", "choices"])
def test_subsidy_own_share_and_debt_are_worked_out_with_sources(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, language: str, zone: str
) -> None:
    _finds(monkeypatch, "mm-how-much", zone)
    said = bot.ask("action_answer", ASKED[language])
    assert all(
        rupees in said.message["text"] for rupees in ("₹12,00,000", "₹3,00,000", "₹1,20,000", "₹60,000", "₹7,80,000")
    )
    assert (said.custom["outcome"], said.custom["entry"]) == ("answered", "mm-how-much")
    assert said.custom["sources"] and said.custom["short"] and said.custom["speech"]


def test_who_says_that_he_is_sc_hears_only_his_own_share(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    _finds(monkeypatch, "mm-how-much")
    text = bot.ask("action_answer", "I am SC, how much subsidy on a project of 12 lakh").message["text"]
    assert "₹60,000" in text and "₹1,20,000" not in text


@pytest.mark.parametrize("text", ["And suppose I make it 30?", "aur agar 30 ka kare to", "और 30 लाख का?"])
def test_the_next_sum_needs_only_its_number(bot: Bot, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    _finds(monkeypatch, "eligibility-age", "choices")
    said = bot.ask("action_answer", text, slots={"entry": "mm-how-much"}).message["text"]
    assert "₹30,00,000" in said and "₹6,25,000" in said


def test_a_bare_number_is_no_sum_after_another_answer(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    _finds(monkeypatch, "eligibility-age", "choices")
    said = bot.ask("action_answer", "And suppose I make it 30?", slots={"entry": "toolkit-what"})
    assert said.message["response"] == "utter_choices"


@pytest.mark.parametrize("text", ["how much subsidy", "subsidy on 10 lakh or on 15 lakh", "subsidy of 500 rupees"])
def test_without_one_plain_amount_the_answer_is_the_general_one(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    _finds(monkeypatch, "mm-how-much")
    assert bot.ask("action_answer", text).message["text"] == load().entries["mm-how-much"].answer["en"]


def test_sums_are_named_for_answers_that_exist() -> None:
    assert by_entry().keys() <= load().entries.keys()
