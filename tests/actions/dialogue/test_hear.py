"""What a message does to a dialogue: tells, passes, asks back, leaves, corrects."""

from datetime import date
from typing import Any

import pytest

from actions.dialogue.hear import Heard, Move, hear
from actions.dialogue.message import Message
from actions.dialogue.state import State, restore
from actions.dialogue.task import Occasion
from actions.eligibility_check.task import EligibilityTask
from knowledge.text.mention import Mention

TASK = EligibilityTask()
OCCASION = Occasion(date(2026, 11, 22), "hi-Latn", "web", "session")


def say(text: str, asked: str | None = "bank_defaulter", strict: bool = False, **told: Any) -> Heard:
    return hear(State("eligibility", told=told, asked=asked), TASK, Message(text), OCCASION, strict)


def tap(payload: str, asked: str = "bank_defaulter", **told: Any) -> Heard:
    state = State("eligibility", told=told, asked=asked)
    return hear(state, TASK, Message(f"answer:{payload}", tapped=payload), OCCASION)


@pytest.mark.parametrize("text", ["bas", "rehne do", "stop", "band karo", "बस", "रहने दीजिए", "cancel", "baad mein"])
def test_one_word_leaves(text: str) -> None:
    assert say(text).move is Move.LEFT


@pytest.mark.parametrize("text", ["kaam band kar diya tha", "mera kaam bas ghar se chalta hai abhi to"])
def test_a_word_of_leaving_inside_a_sentence_does_not_leave(text: str) -> None:
    assert say(text).move is not Move.LEFT


@pytest.mark.parametrize("text", ["pata nahi", "yaad nahi", "पता नहीं", "मालूम नहीं जी", "I don't know", "not sure"])
def test_not_knowing_passes_the_question_and_says_neither_yes_nor_no(text: str) -> None:
    heard = say(text)
    assert heard.move is Move.PASSED
    assert heard.state.refused == {"bank_defaulter"}
    assert "bank_defaulter" not in heard.state.told


@pytest.mark.parametrize("text", ["nahi bataunga", "chhodo", "skip", "agla sawal", "rather not say"])
def test_refusing_passes_the_question(text: str) -> None:
    assert say(text).move is Move.PASSED


@pytest.mark.parametrize("text", ["kyun puch rahe ho", "क्यों पूछ रहे हैं", "why do you ask"])
def test_asking_why_is_heard_as_such(text: str) -> None:
    assert say(text).move is Move.ASKED_WHY


@pytest.mark.parametrize(
    "text",
    ["defaulter kya hota hai", "defaulter ka matlab?", "डिफ़ॉल्टर क्या होता है", "डिफॉल्टर किसे कहते हैं",
     "what is a defaulter", "defaulter means what"],
)  # fmt: skip
def test_who_asks_what_a_word_means_has_not_said_to_be_one(text: str) -> None:
    heard = say(text)
    assert (heard.move, heard.state.told) == (Move.NOTHING, {})


@pytest.mark.parametrize(("text", "told"), [("main defaulter hu", True), ("koi defaulter nahi hun", False)])
def test_who_says_to_be_one_is_heard_and_who_denies_it_too(text: str, told: bool) -> None:
    assert say(text).state.told == {"bank_defaulter": told}


@pytest.mark.parametrize("text", ["phir se bolo", "dobara", "repeat"])
def test_asking_again_is_heard_as_such(text: str) -> None:
    assert say(text).move is Move.ASKED_AGAIN


@pytest.mark.parametrize(("text", "value"), [("haan", True), ("जी हाँ", True), ("yes", True), ("nahi", False),
                                             ("नहीं जी", False), ("no", False), ("1", True), ("2", False)])  # fmt: skip
def test_yes_and_no_answer_a_question_of_yes_or_no(text: str, value: bool) -> None:
    number = int(text) if text.isdigit() else None
    state = State("eligibility", asked="bank_defaulter")
    heard = hear(state, TASK, Message(text, number=number), OCCASION)
    assert heard.state.told == {"bank_defaulter": value}


def test_the_number_of_the_last_button_passes() -> None:
    state = State("eligibility", asked="bank_defaulter")
    assert hear(state, TASK, Message("3", number=3), OCCASION).move is Move.PASSED


def test_a_number_beyond_the_buttons_is_no_answer() -> None:
    state = State("eligibility", asked="bank_defaulter")
    assert hear(state, TASK, Message("9", number=9), OCCASION).move is Move.NOTHING


def test_a_bare_number_answers_the_question_for_a_number() -> None:
    assert say("35", asked="age").state.told == {"age": 35}


@pytest.mark.parametrize(("text", "rupees"), [("5 lakh", 500_000), ("ढाई लाख", 250_000), ("25 hazar", 25_000),
                                              ("1.5 crore", 15_000_000), ("500000", 500_000)])  # fmt: skip
def test_money_is_read_as_people_say_it(text: str, rupees: int) -> None:
    assert say(text, asked="project_cost").state.told == {"project_cost": rupees}


def test_a_bare_small_number_is_no_sum_of_money() -> None:
    assert say("5", asked="project_cost").move is Move.NOTHING


@pytest.mark.parametrize("text", ["nahi 25 nahi 35 saal", "25 nahi 35", "not 25, 35", "galat, 35 saal"])
def test_a_number_is_corrected_whatever_is_asked(text: str) -> None:
    assert say(text, age=25).state.told["age"] == 35
    assert "bank_defaulter" not in say(text, age=25).state.told


def test_the_number_that_is_denied_tells_which_fact_is_meant() -> None:
    heard = say("20 nahi 30", asked="udyam", spv_members=20, age=41)
    assert heard.state.told == {"age": 41, "spv_members": 30}


def test_several_facts_of_one_sentence_are_all_taken() -> None:
    heard = say("main 30 saal ki mahila hoon aur SC hoon", asked="unit")
    assert heard.state.told == {"age": 30, "woman": True, "category": "sc"}


def test_a_question_tells_only_what_its_words_name() -> None:
    assert say("kya defaulter ko bhi nahi milta", strict=True).move is Move.NOTHING


def test_a_button_of_an_earlier_question_corrects_its_answer() -> None:
    assert tap("woman.no", woman=True).state.told["woman"] is False


def test_a_button_of_another_dialogue_is_no_answer() -> None:
    assert tap("nonsense.yes").move is Move.NOTHING


def test_a_district_and_a_product_are_told_by_their_names() -> None:
    mentions = (Mention("district", "agra", 0, 4, 1.0), Mention("product", "petha", 5, 10, 1.0))
    heard = hear(State("eligibility", asked="age"), TASK, Message("Agra petha 40", mentions), OCCASION)
    assert dict(heard.state.told) == {"district": "agra", "product": "petha", "age": 40}


def test_who_lives_in_another_state_is_no_resident() -> None:
    mentions = (Mention("outside_place", "patna", 0, 5, 1.0),)
    heard = hear(State("eligibility", asked="up_resident"), TASK, Message("Patna Bihar", mentions), OCCASION)
    assert heard.state.told == {"up_resident": False}


def test_what_is_understood_ends_the_count_of_misses() -> None:
    state = State("eligibility", asked="age", misses=2)
    assert hear(state, TASK, Message("35"), OCCASION).state.misses == 0


def test_a_state_comes_back_as_it_was_put_away() -> None:
    told = {"age": 35, "woman": True, "category": "sc", "toolkit_date": date(2024, 3, 15)}
    state = State("eligibility", "mda", told, frozenset({"udyam"}), "unit", 1)
    assert restore(state.dump(), TASK.fields()) == state


def test_what_an_older_version_told_and_no_field_can_hold_is_left_out() -> None:
    stored = {"kind": "eligibility", "told": {"age": "old", "gone": 1, "woman": True}, "asked": "gone"}
    state = restore(stored, TASK.fields())
    assert (dict(state.told), state.asked) == ({"woman": True}, None)
