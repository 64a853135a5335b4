"""`action_set_language`: the language asked for is kept and confirmed in itself."""

import pytest
from rasa_calls import LANGUAGES, Bot


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("english me batao", "en"),
        ("हिंदी में बताइए", "hi"),
        ("hinglish please", "hi-Latn"),
        ("please reply in Hindi", "hi"),
    ],
)
def test_a_language_asked_for_in_words_is_kept(bot: Bot, text: str, language: str) -> None:
    answer = bot.ask("action_set_language", text, "change_language")
    assert answer.slot("preferred_language") == language
    assert answer.message["response"] == "utter_language_set"
    assert answer.message["language"] == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tapped_language_is_kept(bot: Bot, language: str) -> None:
    answer = bot.tap("action_set_language", f"language:{language}")
    assert answer.slot("preferred_language") == language
    assert answer.message["language"] == language


@pytest.mark.parametrize("text", ["bhasha badlo", "भाषा बदलिए", "change the language", "tamil me batao"])
def test_a_wish_without_a_language_we_serve_is_asked_about(bot: Bot, text: str) -> None:
    answer = bot.ask("action_set_language", text, "change_language")
    assert answer.message["response"] == "utter_ask_language"
    assert answer.events == []


def test_a_tapped_language_we_do_not_serve_is_not_kept(bot: Bot) -> None:
    answer = bot.tap("action_set_language", "language:fr")
    assert answer.message["response"] == "utter_ask_language"
    assert answer.events == []
