"""Greetings, thanks, who are you, help, goodbye, a person; what is not understood and what is not ours."""

import pytest
from conversation import HELPLINE, LANGUAGES, Ask, Conversation

GREETINGS = {"hi": "नमस्ते", "hi-Latn": "namaste ji", "en": "good morning sir"}
THANKS = {"hi": "धन्यवाद", "hi-Latn": "shukriya bhai", "en": "thank you so much"}
WHO = {"hi": "तुम कौन हो", "hi-Latn": "tum kaun ho", "en": "who are you"}
HELP = {"hi": "मदद", "hi-Latn": "kya puchh sakte hain", "en": "what can you do"}
BYE = {"hi": "अलविदा", "hi-Latn": "alvida, phir milenge", "en": "goodbye and take care"}
PERSON = {"hi": "किसी इंसान से बात करनी है", "hi-Latn": "insaan se baat karni hai", "en": "I want to talk to a person"}
NOT_OURS = {"hi": "मौसम कैसा रहेगा कल", "hi-Latn": "aaj cricket match kaun jeeta", "en": "what is the weather tomorrow"}
NONSENSE = {"hi": "ताततमट गगरप", "hi-Latn": "qwrt plk mnbv ki", "en": "asdf qwer zxcv"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", [GREETINGS, THANKS, WHO, BYE], ids=["greeting", "thanks", "who", "goodbye"])
def test_small_talk_is_answered_in_its_language(ask: Ask, said: dict[str, str], language: str) -> None:
    answer = ask(said[language])
    assert (answer.outcome, answer.language) == ("small_talk", language), answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_greeting_says_what_one_can_ask(ask: Ask, language: str) -> None:
    payloads = ask(GREETINGS[language]).payloads
    assert len(payloads) >= 3
    assert all(payload.startswith("entry:") for payload in payloads)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_that_it_is_a_program_and_where_people_are(ask: Ask, language: str) -> None:
    assert HELPLINE in ask(WHO[language]).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_offers_choices_and_a_person(ask: Ask, language: str) -> None:
    answer = ask(HELP[language])
    assert (answer.outcome, answer.language) == ("choices_offered", language), answer
    assert "person:" in answer.payloads


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_wants_a_person_is_passed_on_and_gets_the_helpline(ask: Ask, language: str) -> None:
    answer = ask(PERSON[language])
    assert (answer.outcome, answer.language) == ("handed_over", language), answer
    assert answer.body["handover"] == "waiting"
    assert HELPLINE in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_ours_is_refused_with_a_number_to_call(ask: Ask, language: str) -> None:
    answer = ask(NOT_OURS[language])
    assert (answer.outcome, answer.language) == ("out_of_scope", language), answer
    assert "1076" in answer.text
    assert answer.payloads == ["menu:", "person:"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nonsense_is_never_answered(ask: Ask, language: str) -> None:
    answer = ask(NONSENSE[language])
    assert answer.outcome in {"not_understood", "out_of_scope"}, answer
    assert HELPLINE in answer.text or "1076" in answer.text


@pytest.mark.parametrize("payload", ["person:", "menu:"])
def test_the_buttons_offered_there_work(person: Conversation, payload: str) -> None:
    person.say(NOT_OURS["en"])
    answer = person.say(payload)
    assert answer.outcome == {"person:": "handed_over", "menu:": "choices_offered"}[payload]
    assert answer.language == "en"
