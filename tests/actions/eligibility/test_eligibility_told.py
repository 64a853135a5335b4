"""What is told of fairs, products and categories beside the answer, and what a voice says of the money."""

from datetime import date

import pytest
from rasa_calls import Bot

from actions.dialogue.hear import hear
from actions.dialogue.message import Message
from actions.dialogue.state import State
from actions.dialogue.task import Occasion
from actions.eligibility import Facts, decide, load
from actions.eligibility_check.made import product_of
from actions.eligibility_check.task import EligibilityTask
from actions.eligibility_check.verdict import in_words
from actions.money import spoken_rupees
from knowledge.text.gazetteer import Gazetteer

TODAY = date(2026, 11, 22)
GAZETTEER = Gazetteer.load()


def told(text: str, asked: str, topic: str = "mda") -> dict[str, object]:
    message = Message(text, tuple(GAZETTEER.find(text)))
    state = State("eligibility", topic, {"district": "moradabad"}, asked=asked)
    heard = hear(state, EligibilityTask(), message, Occasion(TODAY, "en", "web", "s"), strict=message.asks)
    return {name: value for name, value in heard.state.told.items() if name != "district"}


@pytest.mark.parametrize(
    ("text", "purpose"),
    [("mela dilli ka tha", "fair_india"), ("लखनऊ में मेला लगा था", "fair_up"), ("the fair was in Lucknow", "fair_up"),
     ("are galat, dilli nahi lucknow ka mela tha", "fair_up"), ("stall in Mumbai", "fair_india")],
)  # fmt: skip
def test_where_the_fair_was_is_heard_whatever_is_asked(text: str, purpose: str) -> None:
    assert told(text, "udyam") == {"mda_purpose": purpose}


@pytest.mark.parametrize("text", ["main lucknow se hu, mele mein stall lagaya", "I live in Lucknow, and had a stall"])
def test_a_home_beside_a_fair_is_no_place_of_it(text: str) -> None:
    assert "mda_purpose" not in told(text, "udyam")


@pytest.mark.parametrize(
    "text", ["41 saal, general, chikan ka kaam", "सामान्य श्रेणी, उम्र 41 साल", "I am 41 years old, general category"]
)
def test_a_category_that_stands_alone_between_commas_is_heard(text: str) -> None:
    heard = told(text, "age", "margin_money")
    assert (heard["age"], heard["category"]) == (41, "general")


@pytest.mark.parametrize(
    ("text", "product"),
    [("I make pickle at home in Lucknow", "pickle"), ("main achar banati hun", "achar"), ("हम अचार बनाते हैं", "अचार"),
     ("main ghar par saman banati hun", None), ("aap kya banate hain", None), ("we make it at home", None)],
)  # fmt: skip
def test_a_product_the_gazetteer_does_not_know_is_heard_by_the_words_around_it(text: str, product: str | None) -> None:
    assert product_of(text) == product


@pytest.mark.parametrize(
    ("amount", "language", "said"),
    [(312_500, "en", "3 lakh 12 thousand 500 rupees"), (62_500, "hi", "62 हज़ार 500 रुपये"),
     (12_500_000, "hi-Latn", "1 करोड़ 25 लाख रुपये"), (0, "en", "0 rupees")],
)  # fmt: skip
def test_rupees_are_said_in_lakh_and_thousand(amount: int, language: str, said: str) -> None:
    assert spoken_rupees(amount, language) == said


@pytest.mark.parametrize("language", ["hi", "hi-Latn", "en"])
def test_on_the_phone_own_share_and_debt_are_said_with_the_help(bot: Bot, language: str) -> None:
    facts = Facts.of({"age": 35, "applicant": "person", "up_resident": True, "district_product": True,
                      "bank_defaulter": False, "other_subsidy": False, "family_margin_money": False,
                      "project_cost": 1_250_000, "category": "sc"})  # fmt: skip
    speech = str(in_words(decide(facts, load()["margin_money"], TODAY), (), language)[0].speech)
    for amount in (312_500, 62_500, 875_000):
        assert spoken_rupees(amount, language) in speech


@pytest.mark.parametrize("language", ["hi", "hi-Latn", "en"])
def test_once_the_fair_is_over_nobody_is_sent_to_ask_before_it(language: str) -> None:
    facts = {"age": 38, "applicant": "person", "up_resident": True, "district_product": True, "udyam": True,
             "similar_help": False, "mda_claims": 0, "mda_purpose": "fair_up", "stall_cost": 40_000,
             "freight_cost": 12_000}  # fmt: skip
    over = decide(Facts.of({**facts, "fair_over": True, "fair_ended": date(2026, 11, 10)}), load()["mda"], TODAY)
    ahead = decide(Facts.of({**facts, "fair_over": False}), load()["mda"], TODAY)
    assert over.state == ahead.state == "eligible"
    assert ahead.next_step == load()["mda"].next_step.eligible
    assert over.next_step == load()["mda"].next_step_when[0].text
    assert over.next_step[language] != ahead.next_step[language]
