"""What Rasa forgives silently and users would notice: read from the files, without Rasa."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"hi", "hi-Latn", "en"}
MADE_BY_MACHINE = {
    "ask_entry",
    "choose",
    "no_words",
    "nlu_fallback",
    "other_language",
    "distress",
    "begin_task",
    "answer",
}
GATEWAY_SAYS = {
    "utter_unavailable", "utter_too_long", "utter_rate_limited", "utter_assistant_again", "utter_staff_silent",
}  # fmt: skip
OUTCOMES = {
    "answered", "choices_offered", "question_asked", "verdict_given", "status_given", "status_refused",
    "small_talk", "out_of_scope", "not_understood", "handed_over", "with_staff", "opted_out", "unavailable",
}  # fmt: skip
LEAST_EXAMPLES = {"ask_district": 60, "out_of_scope": 60}
PAYLOAD = re.compile(r"(entry|district|language|more|task|answer):[A-Za-z0-9_.-]+|person:|menu:|stop:")
FILLED = re.compile(r"(\{\w+\}\s*)+")  # a text that an action gives whole
ASKED_AGAIN = {"utter_task_missed"}  # the question with its buttons follows
RASAS_OWN_ACTIONS = {"action_deactivate_loop", "action_listen"}


def intents_of(domain: dict[str, Any]) -> set[str]:
    return {next(iter(i)) if isinstance(i, dict) else i for i in domain["intents"]}


def variant_language(variant: dict[str, Any]) -> str:
    conditions = variant.get("condition")
    return conditions[0]["value"] if conditions else "en"


def steps(rules: list[dict[str, Any]], kind: str) -> set[str]:
    return {step[kind] for rule in rules for step in rule["steps"] if kind in step}


def test_each_response_key_is_written_once(responses: list) -> None:
    twice = [key for key, n in Counter(key for _, key, _ in responses).items() if n > 1]
    assert twice == []


def test_each_response_has_each_language_once_and_english_as_default(responses: list) -> None:
    for file, key, variants in responses:
        assert Counter(map(variant_language, variants)) == dict.fromkeys(LANGUAGES, 1), (file, key)
        for variant in variants:
            condition = variant.get("condition", [{"type": "slot", "name": "language"}])
            assert len(condition) == 1 and condition[0]["name"] == "language", (file, key)
            assert "channel" not in variant, (file, key)


def test_each_variant_has_a_text_in_its_script_and_an_outcome(responses: list) -> None:
    for _, key, variants in responses:
        for variant in variants:
            devanagari = len(re.findall("[\u0900-\u097f]", variant["text"]))
            assert variant["custom"]["outcome"] in OUTCOMES, key
            if FILLED.fullmatch(variant["text"]):
                continue
            if variant_language(variant) == "hi":
                assert devanagari > 3, key
            elif key != "utter_other_language":
                assert devanagari == 0, key


def test_variants_of_a_key_share_outcome_and_payloads(responses: list) -> None:
    for _, key, variants in responses:
        payloads = [[b["payload"] for b in v.get("buttons", [])] for v in variants]
        assert len({v["custom"]["outcome"] for v in variants}) == 1, key
        assert all(p == payloads[0] for p in payloads), key


def test_buttons_are_short_and_do_what_the_channel_knows(responses: list) -> None:
    for _, key, variants in responses:
        for button in (b for v in variants for b in v.get("buttons", [])):
            assert len(button["title"]) <= 20, (key, button)
            assert PAYLOAD.fullmatch(button["payload"]), (key, button)


def test_buttons_name_entries_that_exist(responses: list) -> None:
    entries = {p.stem for p in (ROOT / "knowledge" / "entries").glob("*/*.yml")}
    for _, key, variants in responses:
        for payload in (b["payload"] for v in variants for b in v.get("buttons", [])):
            if payload.startswith("entry:"):
                assert payload.partition(":")[2] in entries, key


def test_not_understanding_is_never_a_dead_end(responses: list) -> None:
    for _, key, variants in responses:
        for variant in variants:
            if variant["custom"]["outcome"] in ("not_understood", "unavailable"):
                ways_on = (
                    key in ASKED_AGAIN
                    or variant.get("buttons")
                    or "1800-1800-888" in variant["text"]
                    or "?" in variant["text"]
                )
                assert ways_on, key


def test_the_domain_has_no_text(domain: dict) -> None:
    assert "responses" not in domain
    assert not re.search("[\u0900-\u097f]", yaml.safe_dump(domain, allow_unicode=True))


def test_every_intent_is_handled_by_a_rule_and_every_rule_knows_its_intent(domain: dict, rules: list) -> None:
    assert steps(rules, "intent") == intents_of(domain)


def test_every_action_of_a_rule_exists(domain: dict, rules: list, responses: list) -> None:
    known = {*domain["actions"], *domain["forms"], *(key for _, key, _ in responses), *RASAS_OWN_ACTIONS}
    assert steps(rules, "action") <= known


def test_every_form_has_its_question_and_its_rule(domain: dict, rules: list, responses: list) -> None:
    keys = {key for _, key, _ in responses}
    for form, settings in domain["forms"].items():
        assert form in steps(rules, "action")
        for slot in settings["required_slots"]:
            asked = f"utter_ask_{slot}" in keys or f"action_ask_{slot}" in domain["actions"]
            assert slot in domain["slots"] and asked


def test_no_slot_decides_the_dialogue(domain: dict) -> None:
    assert all(slot["influence_conversation"] is False for slot in domain["slots"].values())


def test_examples_are_of_spoken_intents_only(domain: dict, examples: list) -> None:
    assert {intent for intent, _, _ in examples} == intents_of(domain) - MADE_BY_MACHINE


def test_each_intent_has_enough_examples_in_each_language(domain: dict, examples: list) -> None:
    counts = Counter((intent, language) for intent, language, _ in examples)
    for intent in intents_of(domain) - MADE_BY_MACHINE:
        for language in LANGUAGES:
            assert counts[intent, language] >= LEAST_EXAMPLES.get(intent, 20), (intent, language)


def test_no_example_stands_for_two_intents(examples: list) -> None:
    meant: dict[str, set[str]] = {}
    for intent, _, text in examples:
        meant.setdefault(text.lower(), set()).add(intent)
    assert {text: intents for text, intents in meant.items() if len(intents) > 1} == {}


def test_examples_are_in_the_script_of_their_language_and_unmarked(examples: list) -> None:
    for intent, language, text in examples:
        assert bool(re.search("[\u0900-\u097f]", text)) == (language == "hi"), (intent, text)
        assert "[" not in text and not text.startswith("/"), (intent, text)


def test_no_training_file_looks_like_a_test() -> None:
    assert list((ROOT / "bot").rglob("test_*")) == []


def test_the_gateways_sentences_are_there(responses: list) -> None:
    assert {key for _, key, _ in responses} >= GATEWAY_SAYS


def test_the_telephones_sentences_are_not_uttered_by_rasa(responses: list, rules: list) -> None:
    telephone = {key for _, key, _ in responses if key.startswith("utter_phone_")}
    assert telephone and not telephone & steps(rules, "action")


def test_a_greeting_offers_buttons(responses: list) -> None:
    greetings = next(variants for _, key, variants in responses if key == "utter_greet")
    assert all(len(variant["buttons"]) >= 3 for variant in greetings)
