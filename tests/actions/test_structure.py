"""Actions, domain and sentences name the same things."""

import ast
import re
from collections.abc import Callable
from typing import Any

import pytest
from rasa_calls import DOMAIN, LANGUAGES, PAYLOAD, ROOT, Bot, responses

from actions import slots
from actions.dialogue.words import load as load_words
from actions.eligibility import load as schemes
from actions.knowledge_base import knowledge_base
from actions.server import ACTIONS
from actions.tasks import TASKS
from knowledge.entries_loader import load
from knowledge.retrieval.decide import Hit, Result

ENTRIES = load().entries
RESPONSES = responses()


def language_of(variant: dict[str, object]) -> str:
    conditions = variant.get("condition")
    return str(conditions[0]["value"]) if isinstance(conditions, list) else "en"


def keys_in_code(files: str = "**/*.py") -> set[str]:
    """Every "utter_..." named in these files, wherever it stands."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "actions").glob(files))
    nodes = (node for text in texts for node in ast.walk(ast.parse(text)))
    constants = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return {c for c in constants if re.fullmatch(r"utter_\w+", c)}


KEYS = sorted(keys_in_code())


def test_every_action_is_in_the_domain_and_every_one_of_the_domain_exists() -> None:
    assert {action().name() for action in ACTIONS} == set(DOMAIN["actions"])


def test_every_form_has_its_slots_and_its_question() -> None:
    for form in DOMAIN["forms"].values():
        for slot in form["required_slots"]:
            assert slot in DOMAIN["slots"]
            assert f"utter_ask_{slot}" in RESPONSES or f"action_ask_{slot}" in DOMAIN["actions"]


def test_every_slot_the_actions_name_is_in_the_domain() -> None:
    named = {value for name, value in vars(slots).items() if name.isupper()} - {slots.REQUESTED}
    assert named
    assert named <= set(DOMAIN["slots"])


def test_the_actions_name_some_sentences() -> None:
    assert len(KEYS) >= 15


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_the_actions_name_exists_in_three_languages(key: str) -> None:
    assert sorted(language_of(v) for v in RESPONSES[key]) == sorted(LANGUAGES)
    assert all(v["text"].strip() for v in RESPONSES[key])


@pytest.mark.parametrize("key", KEYS)
def test_the_variants_of_a_sentence_have_the_same_gaps_outcome_and_buttons(key: str) -> None:
    variants = RESPONSES[key]
    assert len({frozenset(re.findall(r"{(\w+)}", v["text"])) for v in variants}) == 1
    assert len({v["custom"]["outcome"] for v in variants}) == 1
    assert len({tuple(b["payload"] for b in v.get("buttons", [])) for v in variants}) == 1


@pytest.mark.parametrize("key", sorted(RESPONSES))
def test_buttons_of_a_sentence_are_short_and_carry_a_known_payload(key: str) -> None:
    for variant in RESPONSES[key]:
        for button in variant.get("buttons", []):
            assert 0 < len(button["title"]) <= 24, button
            assert PAYLOAD.fullmatch(button["payload"]), button
            kind, _, value = button["payload"].partition(":")
            assert kind != "entry" or value in ENTRIES, button


# One message for every sentence an action can say: (action, message or payload, its intent).
OCCASIONS = {
    "utter_district_products": ("action_district", "Banda ka product kya hai", "ask_district"),
    "utter_districts_products": ("action_district", "Agra aur Banda ka product", "ask_district"),
    "utter_district_has_product": ("action_district", "is chikankari in Lucknow", "ask_district"),
    "utter_district_lacks_product": ("action_district", "is carpet made in Meerut", "ask_district"),
    "utter_product_maker": ("action_district", "where is chikankari made", "ask_district"),
    "utter_product_makers": ("action_district", "which district makes carpet", "ask_district"),
    "utter_family_makers": ("action_district", "lakdi wale jile batao", "ask_district"),
    "utter_which_district": ("action_district", "Kanpur ka product", "ask_district"),
    "utter_outside_up": ("action_district", "Delhi ka product kya hai", "ask_district"),
    "utter_district_count": ("action_district", "how many districts", "ask_district"),
    "utter_district_list": ("action_district", "list of all districts", "ask_district"),
    "utter_division": ("action_district", "agra mandal ke jile", "ask_district"),
    "utter_district_unknown": ("action_answer", "zzqx", "waiting"),
    "utter_choices": ("action_answer", "zzqx", "choices"),
    "utter_not_understood": ("action_answer", "zzqx", "unknown"),
    "utter_out_of_scope": ("action_answer", "zzqx", "out_of_scope"),
    "utter_no_such_choice": ("action_choose", "7", "tap"),
    "utter_language_set": ("action_set_language", "english me batao", "change_language"),
    "utter_ask_language": ("action_set_language", "change the language", "change_language"),
}
# Said by action_choose for a scripted button; they have no gaps.
WITHOUT_GAPS = {"utter_help", "utter_own_number", "utter_stopped"}
# Said in tests of their own: test_hand_over.py and test_no_dead_ends.py.
ELSEWHERE = {
    "utter_talk_to_person", "utter_handed_over", "utter_handed_over_later", "utter_distress", "utter_distress_loan",
    "utter_task_missed", "utter_task_stuck", "utter_task_paused",
}  # fmt: skip


def test_every_sentence_the_actions_name_has_its_occasion_here() -> None:
    """Those of the dialogues below have theirs in their own tests."""
    assert keys_in_code("*.py") == set(OCCASIONS) | WITHOUT_GAPS | ELSEWHERE


def test_every_dialogue_has_its_opening_sentence() -> None:
    assert {f"utter_{kind}_begin" for kind in TASKS} <= RESPONSES.keys()


def test_an_entry_offers_only_dialogues_that_exist() -> None:
    topics = {"eligibility": {"", *schemes()}, "letter": {"", "reasons", "bank", "ombudsman"}}
    for entry in ENTRIES.values():
        kind, _, topic = (entry.task or "status").partition(".")
        assert kind in TASKS, entry.id
        assert topic in topics.get(kind, {""}), entry.id


def test_the_titles_of_dialogues_fit_a_button() -> None:
    for name, title in load_words().items():
        if name.startswith("begin_") or name in ("yes", "no", "unknown", "skip"):
            assert all(len(text) <= 24 for _, text in title.items()), name


def test_the_choices_of_every_question_fit_a_button() -> None:
    for task in TASKS.values():
        for field in task.fields().values():
            titles = [text for choice in field.choices.values() for _, text in choice.items()]
            assert all(len(title) <= 24 for title in titles), (task.kind, field.name)


@pytest.fixture
def occasion(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, Any]]:
    """What the action says on the occasion of a sentence."""

    def said(key: str) -> dict[str, Any]:
        action, text, intent = OCCASIONS[key]
        if intent == "tap":
            return bot.tap(action, text).message
        if action == "action_answer":
            hits = (Hit("mm-what", 0.3),) if intent == "choices" else ()
            zone = "unknown" if intent == "waiting" else intent
            monkeypatch.setattr(knowledge_base().retriever, "search", lambda *_: Result(zone, hits, "en"))
        loop = {"name": "district_form"} if intent == "waiting" else {}
        return bot.ask(action, text, intent, active_loop=loop).message

    return said


@pytest.mark.parametrize("key", OCCASIONS)
def test_the_action_fills_every_gap_of_the_sentence(occasion: Callable[[str], dict[str, Any]], key: str) -> None:
    said = occasion(key)
    assert said["response"] == key
    for variant in RESPONSES[key]:
        for gap in re.findall(r"{(\w+)}", variant["text"]):
            assert str(said.get(gap) or ""), gap
            assert "{" not in str(said[gap]), gap


@pytest.mark.parametrize("key", OCCASIONS)
def test_the_outcome_an_action_reports_is_that_of_the_sentence(
    occasion: Callable[[str], dict[str, Any]], key: str
) -> None:
    reported = occasion(key)["custom"].get("outcome")
    assert reported is None or {v["custom"]["outcome"] for v in RESPONSES[key]} == {reported}


@pytest.mark.parametrize("key", sorted(WITHOUT_GAPS))
def test_a_scripted_sentence_has_no_gaps(key: str) -> None:
    assert all("{" not in v["text"] for v in RESPONSES[key])


def test_no_folder_of_the_actions_is_named_like_a_top_level_package() -> None:
    folders = {p.name for p in (ROOT / "actions").iterdir() if p.is_dir()}
    assert not folders & {"bot", "actions", "knowledge", "channels", "tests", "deploy"}


def test_no_action_holds_a_sentence_of_its_own() -> None:
    for path in (ROOT / "actions").rglob("*.py"):
        assert not re.search(r"utter_message\(\s*(text=)?[\"']", path.read_text(encoding="utf-8")), path.name
