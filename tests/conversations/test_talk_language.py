"""The language of each reply: of the message, asked for, kept, or not served."""

import pytest
from conversation import HELPLINE, Conversation

MARGIN = {"hi": "मार्जिन मनी क्या है", "hi-Latn": "margin money kya hai", "en": "What is margin money?"}
WISHES = [
    ("english me batao", "en"), ("अंग्रेज़ी में बताइए", "en"), ("please reply in English", "en"),
    ("हिंदी में बताइए", "hi"), ("hindi me jawab do", "hi"), ("please answer in Hindi", "hi"),
    ("hinglish please", "hi-Latn"), ("hinglish me batao", "hi-Latn"),
]  # fmt: skip


def test_each_reply_follows_the_language_of_its_message(person: Conversation) -> None:
    asked = ["hi", "en", "hi-Latn", "hi", "hi-Latn", "en"]
    assert [person.say(MARGIN[language]).language for language in asked] == asked


@pytest.mark.parametrize(("wish", "language"), WISHES)
def test_a_language_asked_for_is_kept_whatever_one_writes_in(person: Conversation, wish: str, language: str) -> None:
    answer = person.say(wish)
    assert (answer.outcome, answer.language) == ("small_talk", language), answer
    for text in MARGIN.values():
        answer = person.say(text)
        assert (answer.language, answer.entry) == (language, "mm-what"), answer


def test_another_wish_replaces_the_first(person: Conversation) -> None:
    assert person.last("english me batao", MARGIN["hi"]).language == "en"
    assert person.last("हिंदी में बताइए", MARGIN["en"]).language == "hi"


@pytest.mark.parametrize("language", ["hi", "hi-Latn", "en"])
def test_a_language_can_be_tapped(person: Conversation, language: str) -> None:
    assert person.say(f"language:{language}").language == language
    assert {person.say(text).language for text in MARGIN.values()} == {language}


@pytest.mark.parametrize("language", ["hi", "hi-Latn", "en"])
@pytest.mark.parametrize("short", ["ok", "DIC", "Agra", "1", "🙏", "entry:toolkit-what", "menu:", "person:"])
def test_a_text_too_short_to_tell_keeps_the_language_of_before(person: Conversation, language: str, short: str) -> None:
    assert person.last(MARGIN[language], short).language == language


@pytest.mark.parametrize("then", ["menu:", "1", "9", "🙏", "entry:mm-what"])
@pytest.mark.parametrize("first", ["hello", "kanpur"])
def test_a_tap_keeps_the_script_of_a_short_first_message(person: Conversation, first: str, then: str) -> None:
    before = person.say(first)
    assert person.say(then).language == before.language


@pytest.mark.parametrize(("text", "language"), [("नमस्ते", "hi"), ("ok", "hi-Latn"), ("आगरा", "hi"), ("agra", "hi-Latn")])
def test_a_short_first_message_is_answered_in_its_script(person: Conversation, text: str, language: str) -> None:
    assert person.say(text).language == language


@pytest.mark.parametrize("text", ["எப்படி விண்ணப்பிப்பது", "আমি কীভাবে আবেদন করব", "ਮੈਂ ਕਿਵੇਂ ਅਰਜ਼ੀ ਦੇਵਾਂ", "மதுரை"])
def test_another_language_gets_one_sentence_in_hindi_and_english_naming_those_served(
    person: Conversation, text: str
) -> None:
    answer = person.say(text)
    assert answer.outcome == "not_understood", answer
    for words in ("मैं हिंदी, अंग्रेज़ी और हिंग्लिश में", "I answer in Hindi, English and Hinglish", HELPLINE):
        assert words in answer.text
    assert answer.payloads == ["language:hi", "language:hi-Latn", "language:en"]


def test_one_may_go_on_after_another_language(person: Conversation) -> None:
    assert person.last("আমি কীভাবে আবেদন করব", "3").language == "en"
    assert person.say(MARGIN["hi"]).language == "en"
