"""Replies of the message API are recognised by their words."""

from typing import Any

import pytest

from benchmarks.understanding.recognise import Recogniser
from knowledge import districts, entries_loader


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(entries_loader.load(), districts.load())


def _answer(text: str, language: str, *payloads: str) -> dict[str, Any]:
    buttons = [{"title": payload, "payload": payload} for payload in payloads]
    reply = {"text": text, "language": language, "buttons": buttons, "sources": []}
    return {"replies": [reply], "outcome": "answered", "turn_id": "0" * 32}


def test_every_answer_is_recognised_and_is_only_one_entry(recogniser: Recogniser) -> None:
    for entry in entries_loader.load().entries.values():
        for language, text in entry.answer.items():
            assert recogniser.read(_answer(f" {text}\n", language)).entries == {entry.id}


def test_every_district_is_found_by_its_name(recogniser: Recogniser) -> None:
    for district in districts.load().by_id.values():
        for language, name in district.name.items():
            assert recogniser.read(_answer(f"• {name}: …", language)).districts == {district.id}


@pytest.mark.parametrize(
    ("text", "language"), [("आगरावासी मऊरानी", "hi"), ("Agrawal of Maurya", "en"), ("Banda", "hi")]
)
def test_a_name_inside_a_word_or_in_another_language_is_none(recogniser: Recogniser, text: str, language: str) -> None:
    assert not recogniser.read(_answer(text, language)).districts


def test_choices_and_language_are_kept(recogniser: Recogniser) -> None:
    seen = recogniser.read(_answer("?", "hi-Latn", "entry:odop-what", "district:agra"))
    assert seen.choices == {"entry:odop-what", "district:agra"}
    assert seen.language == "hi-Latn"
