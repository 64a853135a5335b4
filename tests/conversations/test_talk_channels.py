"""The same answers as WhatsApp, SMS and the phone would carry them."""

import re

import pytest
from conversation import LANGUAGES, Conversation

from knowledge.entries_loader import load as load_library

MARGIN = {"hi": "मार्जिन मनी क्या है", "hi-Latn": "margin money kya hai", "en": "What is margin money?"}
KANPUR = {"hi": "कानपुर का उत्पाद क्या है", "hi-Latn": "kanpur ka product", "en": "What is the product of Kanpur?"}
DEHAT = {"hi": "कानपुर देहात", "hi-Latn": "Kanpur Dehat", "en": "Kanpur Dehat"}
CHANNELS = ("whatsapp", "sms", "voice")
# The district list is the longest answer there is.
LIST = {"hi": "सभी ज़िलों की सूची", "hi-Latn": "sabhi zilon ki list", "en": "list of all districts"}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_whatsapp_has_the_answer_numbered_choices_and_the_sources(person: Conversation, language: str) -> None:
    entry = load_library().entries["mm-what"]
    answer = person.say(MARGIN[language], "whatsapp")
    assert answer.text.startswith(entry.answer[language])
    assert re.search(r"^1\. ", answer.text, re.MULTILINE)
    assert ("स्रोत: " if language == "hi" else "Source: ") in answer.text
    assert answer.language == language


def test_an_sms_has_the_short_answer_and_no_address(person: Conversation, language: str) -> None:
    answer = person.say(MARGIN[language], "sms")
    assert load_library().entries["mm-what"].short[language].replace("₹", "Rs ")[:40] in answer.text
    assert "\n1) " in answer.text
    assert not re.search(r"https?:|www\.", answer.text)
    assert len(answer.text) <= 3 * (67 if language == "hi" else 153)


def test_a_voice_answer_can_be_spoken(person: Conversation, language: str) -> None:
    answer = person.say(MARGIN[language], "voice")
    assert not re.search(r"https?:|www\.|₹|%|\n|•|\d{5,}|\d,\d", answer.text), answer
    assert re.search({"hi": "एक कहें", "hi-Latn": r"\b(ek kahein|एक कहें)", "en": "say one"}[language], answer.text)


@pytest.mark.parametrize("channel", CHANNELS)
def test_choices_are_numbered_and_the_number_is_taken(person: Conversation, language: str, channel: str) -> None:
    offered = person.say(KANPUR[language], channel)
    assert (offered.outcome, offered.payloads) == ("choices_offered", [])
    assert DEHAT[language] in offered.text
    answer = person.say("2", channel)
    assert DEHAT[language] in answer.text, answer
    assert answer.outcome == "answered"


@pytest.mark.parametrize("channel", CHANNELS)
def test_buttons_and_sources_are_in_the_text(person: Conversation, language: str, channel: str) -> None:
    answer = person.say(MARGIN[language], channel)
    assert (answer.payloads, answer.dates, answer.outcome) == ([], [], "answered")


def test_the_longest_answer_keeps_to_the_limits(person: Conversation, language: str) -> None:
    assert all(len(text) <= 1600 for text in person.say(LIST[language], "whatsapp").texts)
    sms = person.say(LIST[language], "sms")
    assert len(sms.text) <= 3 * (67 if language == "hi" else 153)
    assert "http" not in person.say(LIST[language], "voice").text


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_turn_of_the_web_can_be_seen_as_another_channel(person: Conversation, language: str, channel: str) -> None:
    turn = person.say(MARGIN[language]).body["turn_id"]
    view = person.http.get(f"/api/v1/turns/{turn}/as/{channel}")
    assert view.status_code == 200
    assert set(view.json()) == {"replies", "parts"}
    assert view.json()["replies"][0]["text"] == person.say(MARGIN[language], channel).replies[0]["text"]


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_whole_form_can_be_talked_through(person: Conversation, channel: str) -> None:
    for text in ("mere zile ka product kya hai", "margin money mein kitni subsidy milti hai", "Banda"):
        answer = person.say(text, channel)
    assert "Shazar Stone Craft" in answer.text or "shajar patthar" in answer.text
