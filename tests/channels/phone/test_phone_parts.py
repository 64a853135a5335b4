"""The parts of the telephone that need no call."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from channels.bot_models import BotReply
from channels.errors import SettingsError
from channels.phone import keys, speech, twiml
from channels.phone.screen import CallState, Choice
from channels.phone.sentences import PhoneSentences
from channels.phone.words import chosen, is_command
from channels.settings import ROOT
from knowledge.tools.hints import hints

LETTER = "https://sahayak.example.org/letters/" + "a" * 43 + ".pdf"
SENTENCES = ROOT / "bot" / "responses" / "phone.yml"
CHOICES = [Choice(number=n, title=title, payload=f"entry:{n}") for n, title in enumerate(("लोन", "Free toolkit"), 1)]


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_committed_hints_are_those_of_the_knowledge(language: str) -> None:
    assert twiml.hints(language) == ",".join(hints(language))
    assert 150 < len(hints(language)) <= 500


@pytest.mark.parametrize(
    "text", ["फिर से", "फिर से बोलिए।", "ज़रा फिर से बोलिए", "जरा फिर से बोलो जी", "Repeat, please", "PHIR SE"]
)
def test_a_command_is_known_however_it_is_written(text: str) -> None:
    assert is_command(text, "repeat") and not is_command(text, "slower")


@pytest.mark.parametrize("text", ["लोन फिर से मिलेगा क्या", "and again my loan was refused", "धीरे धीरे लोन चुका दिया", ""])
def test_a_command_within_a_sentence_is_no_command(text: str) -> None:
    assert not is_command(text, "repeat", "slower", "person", "more", "link", "yes", "no")


@pytest.mark.parametrize(
    ("text", "number"),
    [("एक", 1), ("pehla wala", 1), ("option two", 2), ("number 2", 2), ("free toolkit", 2), ("तीन", None), ("", None),
     ("एक लोन चाहिए", None), ("दो लाख", None)],
)  # fmt: skip
def test_a_choice_is_known_by_number_or_title(text: str, number: int | None) -> None:
    choice = chosen(text, CHOICES)
    assert (choice.number if choice else None) == number


def test_a_sentence_a_bit_too_long_is_not_cut() -> None:
    text = "यह एक वाक्य है। " * 16
    answer = speech.answer([BotReply(text=text, language="hi")], "answered", 200)
    assert len(answer.pieces) == 1
    cut = speech.answer([BotReply(text=text * 2, language="hi")], "answered", 200)
    assert len(cut.pieces) > 1 and all(len(piece.text) <= 200 for piece in cut.pieces)


def test_short_replies_are_heard_together_each_language_by_its_voice() -> None:
    replies = [BotReply(text=text, language=language) for text, language in
               (("एक बात।", "hi"), ("दूसरी बात।", "hi"), ("One thing.", "en"))]  # fmt: skip
    pieces = speech.answer(replies, "answered", 200).pieces
    assert [(each.text, each.language) for each in pieces] == [("एक बात। दूसरी बात।", "hi"), ("One thing.", "en")]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (f"चिट्ठी: {LETTER}\nफिर", [LETTER]),
        ("odopup.in या www.msme.up.gov.in/apply पर, फिर odopup.in पर।", ["odopup.in", "www.msme.up.gov.in/apply"]),
        ("ईमेल: help@rbi.org.in", []),
        ("1.5 लाख, Rs.500, यानी i.e. इतना", []),
    ],
)
def test_every_web_address_of_an_answer_can_be_sent(text: str, links: list[str]) -> None:
    assert speech.answer([BotReply(text=text, language="hi")], "answered", 200).links == links


def test_a_call_is_sealed_and_opens_with_its_secret_only() -> None:
    state = CallState(session_id="v1", doubtful="मेरा नाम")
    sealed = keys.seal(state, "x" * 20)
    assert keys.unseal(sealed, "x" * 20) == state
    assert keys.unseal(sealed, "y" * 20) is None and keys.unseal(None, "x" * 20) is None


def test_a_call_is_named_by_a_keyed_hash() -> None:
    assert keys.call_key("CA1", "a" * 20) != keys.call_key("CA1", "b" * 20)
    assert re.fullmatch(r"[0-9a-f]{40}", keys.call_key("CA1", "a" * 20))


# ---- sentences


def test_a_hinglish_call_is_spoken_in_hindi_and_written_in_hinglish() -> None:
    sentences = PhoneSentences.load(SENTENCES)
    assert sentences.say("ask", "hi-Latn") == sentences.say("ask", "hi")
    assert sentences.write("link_text", "hi-Latn", links="x").startswith("ODOP Sahayak: aapne")


def _without_variant(found: Any) -> None:
    del found["responses"]["utter_phone_ask"][1]


def _without_key(found: Any) -> None:
    del found["responses"]["utter_phone_wait"]


def _without_gap(found: Any) -> None:
    found["responses"]["utter_phone_confirm"][0]["text"] = "सही है?"


def _one_too_many(found: Any) -> None:
    found["responses"]["utter_phone_other"] = found["responses"]["utter_phone_ask"]


@pytest.mark.parametrize("spoil", [_without_variant, _without_key, _without_gap, _one_too_many])
def test_a_fault_in_the_sentences_stops_the_start_with_one_line(tmp_path: Path, spoil: Any) -> None:
    found = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    spoil(found)
    path = tmp_path / "phone.yml"
    path.write_text(yaml.safe_dump(found, allow_unicode=True), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"phone\.yml"):
        PhoneSentences.load(path)


@pytest.mark.parametrize("content", ["", "[]", "responses: 5", "responses: {utter_phone_ask: [text]}", ": :"])
def test_a_file_that_is_none_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "phone.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError):
        PhoneSentences.load(path)
