"""A person in distress: what the component hears, and what is then said, in whatever state the dialogue is."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ROOT, read

pytest.importorskip("rasa")

from rasa.shared.nlu.training_data.message import Message

from bot.components.distress import Distress

ANSWERS = {"utter_distress", "utter_distress_loan"}


def heard(text: str, **data: Any) -> Message:
    return Distress().process([Message(data={"text": text, "intent": {"name": "ask_knowledge"}, **data})])[0]


@pytest.mark.parametrize("text", ["mar jaunga", "toolkit kab milegi, अब जीना नहीं चाहता", "my husband beats me"])
def test_distress_is_the_intent_whatever_the_classifier_thought(text: str) -> None:
    told = heard(text).as_dict(only_output_properties=True)
    assert told["intent"] == {"name": "distress", "confidence": 1.0}


def test_distress_outweighs_a_language_not_served() -> None:
    message = heard("mar jaunga", other_language="mr", intent={"name": "other_language", "confidence": 1.0})
    assert message.get("intent")["name"] == "distress"


@pytest.mark.parametrize("text", ["loan ke liye daud daud ke mar raha hoon", "margin money kya hai", "", "?"])
def test_any_other_message_is_left_as_it_is(text: str) -> None:
    message = heard(text, entities=[])
    assert (message.get("intent"), message.get("entities")) == ({"name": "ask_knowledge"}, [])


def test_a_refused_loan_is_an_entity_beside_the_others() -> None:
    district = {"entity": "district", "value": "agra", "start": 0, "end": 4}
    with_loan = heard("agra, bank ne loan mana kar diya, mar jaunga", entities=[district])
    assert [e["entity"] for e in with_loan.get("entities")] == ["district", "refused_loan"]
    assert heard("agra, mar jaunga", entities=[district]).get("entities") == [district]


def test_nothing_in_the_pipeline_comes_after_it() -> None:
    assert read(ROOT / "config.yml")["pipeline"][-1]["name"] == "bot.components.distress.Distress"


def test_no_form_takes_an_answer_from_such_a_message(domain: dict) -> None:
    assert all(form["ignored_intents"] == ["distress"] for form in domain["forms"].values())


def test_the_question_for_a_district_is_left(rules: list) -> None:
    """The form of the dialogues leaves by itself (tests/actions/test_no_dead_ends.py)."""
    inside = [rule["steps"] for rule in rules if {"active_loop": "district_form"} in rule.get("condition", [])]
    leaving = [steps for steps in inside if steps[0].get("intent") == "distress"]
    assert [steps[1]["action"] for steps in leaving] == ["action_distress"]
    assert all(steps[2:] == [{"action": "action_deactivate_loop"}, {"active_loop": None}] for steps in leaving)


def test_outside_a_form_it_has_its_rule(rules: list) -> None:
    steps = [rule["steps"] for rule in rules if "condition" not in rule]
    assert [{"intent": "distress"}, {"action": "action_distress"}] in steps


def test_each_form_of_the_answer_has_the_numbers_to_call(responses: list) -> None:
    variants = [variant for _, key, all_of_key in responses if key in ANSWERS for variant in all_of_key]
    assert len(variants) == 6
    for variant in variants:
        for text in (variant["text"], variant["custom"]["short"]):
            assert all(number in text for number in ("14416", "112", "181", "1800-1800-888"))
        assert not any(c.isdigit() for c in variant["custom"]["speech"])


def test_the_short_form_fits_two_messages(responses: list) -> None:
    for _, key, variants in responses:
        for short in (v["custom"]["short"] for v in variants if key in ANSWERS):
            assert len(short) <= (306 if short.isascii() else 134)


def test_the_way_on_after_a_refused_loan_is_offered_where_it_was_spoken_of(responses: list) -> None:
    buttons = {key: [b["payload"] for b in variants[0]["buttons"]] for _, key, variants in responses if key in ANSWERS}
    assert buttons == {"utter_distress": ["person:"], "utter_distress_loan": ["person:", "entry:loan-rejected"]}
