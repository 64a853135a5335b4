"""The reply's language: of this message, sticky when asked for, kept where a message does not tell."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

pytest.importorskip("rasa")

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.language_nlg import LanguageNLG

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
slots:
  language: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  preferred_language: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  task: {type: any, influence_conversation: false, mappings: [{type: custom}]}
responses:
  utter_x:
    - {text: हिंदी, condition: [{type: slot, name: language, value: hi}], custom: {outcome: answered}}
    - {text: hinglish, condition: [{type: slot, name: language, value: hi-Latn}]}
    - {text: "english {place}"}
"""
)


def said(text: str, language: str | None) -> UserUttered:
    parsed = {"language": language, "intent": {"name": "x"}, "entities": [], "intent_ranking": [{"name": "x"}]}
    return UserUttered(text, parsed["intent"], [], parsed)


def tapped(payload: str) -> UserUttered:
    parsed = {"language": None, "intent": {"name": "x"}, "entities": [], "intent_ranking": []}
    return UserUttered(payload, parsed["intent"], [], parsed)


def reply(events: list[Any], key: str = "utter_x", **values: Any) -> dict[str, Any] | None:
    tracker = DialogueStateTracker.from_events("a", events, DOMAIN.slots)
    nlg = LanguageNLG(EndpointConfig(), DOMAIN)
    return asyncio.run(nlg.generate(key, tracker, "web", **values))


@pytest.mark.parametrize(("language", "text"), [("hi", "हिंदी"), ("hi-Latn", "hinglish"), ("en", "english {place}")])
def test_the_reply_is_in_the_language_of_the_message(language: str, text: str) -> None:
    made = reply([said("x", language)])
    assert made is not None and made["text"] == text
    assert made["custom"]["language"] == language


def test_the_outcome_stays_beside_the_language() -> None:
    made = reply([said("x", "hi")])
    assert made is not None and made["custom"] == {"outcome": "answered", "language": "hi"}


def test_a_message_too_short_to_tell_keeps_the_last_language() -> None:
    made = reply([said("what is this", "en"), said("Agra", None), tapped("menu:")])
    assert made is not None and made["custom"]["language"] == "en"


def test_the_newest_message_that_tells_decides() -> None:
    made = reply([said("what is this", "en"), said("यह क्या है", "hi")])
    assert made is not None and made["custom"]["language"] == "hi"


def test_a_language_asked_for_is_kept() -> None:
    made = reply([SlotSet("preferred_language", "en"), said("यह क्या है", "hi")])
    assert made is not None and made["custom"]["language"] == "en"


def test_an_action_may_name_the_language() -> None:
    made = reply([said("यह क्या है", "hi")], language="en", place="Agra")
    assert made is not None and made["text"] == "english Agra"


def test_nothing_said_yet_is_hindi_and_an_unknown_key_is_nothing() -> None:
    made = reply([])
    assert made is not None and made["custom"]["language"] == "hi"
    assert reply([], key="utter_unknown") is None


def test_what_an_action_adds_does_not_take_the_place_of_what_is_written() -> None:
    added = {"language": "hi-Latn", "handover": {"reason": "distress"}}
    reply([said("नमस्ते", "hi")], custom=added)
    assert added == {"language": "hi-Latn", "handover": {"reason": "distress"}, "outcome": "answered"}


@pytest.mark.parametrize(
    ("text", "detected", "text_of_reply"),
    [("namaste", "en", "hinglish"), ("ok bye", "en", "hinglish"), ("what is the last date", "en", "english {place}"),
     ("नमस्ते", "hi", "हिंदी")],
)  # fmt: skip
def test_in_a_dialogue_a_word_or_two_do_not_change_its_language(text: str, detected: str, text_of_reply: str) -> None:
    dialogue = [SlotSet("task", {"language": "hi-Latn"}), ActiveLoop("task_form")]
    made = reply([*dialogue, said(text, detected)])
    assert made is not None and made["text"] == text_of_reply


def test_a_language_asked_for_counts_in_a_dialogue_too() -> None:
    asked = [SlotSet("task", {"language": "hi-Latn"}), ActiveLoop("task_form"), SlotSet("preferred_language", "hi")]
    made = reply([*asked, said("ok", "en")])
    assert made is not None and made["text"] == "हिंदी"
