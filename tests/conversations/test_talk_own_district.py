"""The form that asks for one's own district, and every way out of it."""

import pytest
from conversation import LANGUAGES, Answer, Conversation

MINE = {
    "hi": "मेरे ज़िले का उत्पाद क्या है",
    "hi-Latn": "mere zile ka product kya hai",
    "en": "what is the product of my district?",
}
WHICH = {"hi": "किस ज़िले में हैं?", "hi-Latn": "kis zile mein hain?", "en": "Which district of Uttar Pradesh"}
UNKNOWN = {"hi": "गोटलपुर", "hi-Latn": "gotalpur", "en": "Gotalpur"}
BANDA = {"hi": "बांदा", "hi-Latn": "banda me", "en": "Banda"}
STONE = {"hi": "शजर पत्थर शिल्प", "hi-Latn": "shajar patthar shilp", "en": "Shazar Stone Craft"}
STOP = {"hi": "रहने दो", "hi-Latn": "rehne do", "en": "stop"}
QUESTION = {
    "hi": "मार्जिन मनी में कितनी सब्सिडी मिलती है",
    "hi-Latn": "margin money mein kitni subsidy milti hai",
    "en": "How much margin money subsidy will I get?",
}
SMALL_TALK = {"hi": "धन्यवाद", "hi-Latn": "tum kaun ho", "en": "thank you"}
KANPUR = {"hi": "कानपुर", "hi-Latn": "kanpur", "en": "Kanpur"}


def asks(answer: Answer, language: str) -> bool:
    """Whether the turn ends in the form's question, in that language."""
    return answer.outcome == "question_asked" and WHICH[language] in answer.texts[-1] and answer.language == language


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def asked(person: Conversation, language: str) -> Conversation:
    """Somebody who has just been asked for the district."""
    answer = person.say(MINE[language])
    assert asks(answer, language), answer
    return person


def test_the_district_told_is_answered(asked: Conversation, language: str) -> None:
    answer = asked.say(BANDA[language])
    assert (answer.outcome, answer.language) == ("answered", language), answer
    assert STONE[language] in answer.text
    assert answer.dates


def test_each_time_it_is_asked_anew(asked: Conversation, language: str) -> None:
    asked.say(BANDA[language])
    assert asks(asked.say(MINE[language]), language)


def test_an_unknown_name_is_said_to_be_unknown_and_asked_again(asked: Conversation, language: str) -> None:
    for _ in range(2):
        answer = asked.say(UNKNOWN[language])
        assert asks(answer, language), answer
        assert "75" in answer.texts[0]
    assert STONE[language] in asked.say(BANDA[language]).text


def test_a_place_outside_up_is_no_district(asked: Conversation, language: str) -> None:
    answer = asked.say("पटना" if language == "hi" else "Patna")
    assert asks(answer, language), answer
    assert ("पटना" if language == "hi" else "Patna") in answer.texts[0]


def test_a_question_in_between_is_answered_and_the_form_comes_back(asked: Conversation, language: str) -> None:
    answer = asked.say(QUESTION[language])
    assert answer.entry == "mm-how-much", answer
    assert asks(answer, language)
    assert STONE[language] in asked.say(BANDA[language]).text


def test_a_button_in_between_works_too(asked: Conversation, language: str) -> None:
    answer = asked.say("entry:toolkit-what")
    assert answer.entry == "toolkit-what"
    assert asks(answer, language)
    assert asks(asked.say("1"), language)


def test_small_talk_in_between_is_answered_and_the_form_comes_back(asked: Conversation, language: str) -> None:
    answer = asked.say(SMALL_TALK[language])
    assert len(answer.texts) == 2
    assert asks(answer, language), answer
    assert STONE[language] in asked.say(BANDA[language]).text


def test_stop_ends_the_form(asked: Conversation, language: str) -> None:
    answer = asked.say(STOP[language])
    assert (answer.outcome, answer.language) == ("small_talk", language), answer
    assert asked.say(SMALL_TALK[language]).outcome == "small_talk"


@pytest.mark.parametrize(
    ("way", "outcome"), [("nahi", "small_talk"), ("person:", "handed_over"), ("bye", "small_talk")]
)
def test_no_a_person_and_goodbye_end_the_form_too(asked: Conversation, way: str, outcome: str) -> None:
    assert asked.say(way).outcome == outcome
    assert asked.say("shukriya").outcome == "small_talk"


def test_kanpur_is_asked_about_and_chosen_by_number(asked: Conversation, language: str) -> None:
    answer = asked.say(KANPUR[language])
    assert (answer.outcome, answer.payloads) == ("choices_offered", ["district:kanpur-nagar", "district:kanpur-dehat"])
    answer = asked.say("२" if language == "hi" else "2")
    assert (answer.outcome, answer.language) == ("answered", language), answer
    assert ("कानपुर देहात" if language == "hi" else "Kanpur Dehat") in answer.text


def test_the_form_speaks_the_language_of_each_message(person: Conversation) -> None:
    assert asks(person.say(MINE["hi-Latn"]), "hi-Latn")
    assert asks(person.say(QUESTION["en"]), "en")
    assert asks(person.say(QUESTION["hi"]), "hi")
    assert person.say("meerut zile me").language == "hi-Latn"


def test_a_language_asked_for_inside_the_form_is_kept(person: Conversation) -> None:
    assert asks(person.last(MINE["hi-Latn"], "english me batao"), "en")
    answer = person.say("आगरा")
    assert answer.language == "en"
    assert "Leather Products" in answer.text


def test_signs_and_other_languages_inside_the_form_do_not_end_it(person: Conversation) -> None:
    for text in (MINE["hi"], "😀", "...", "எப்படி விண்ணப்பிப்பது"):
        assert person.say(text).outcome == "question_asked"
    assert STONE["hi"] in person.say("बांदा").text


def test_two_districts_told_are_both_answered(person: Conversation) -> None:
    answer = person.last(MINE["en"], "Agra and Banda")
    assert "Agra" in answer.text, answer
    assert "Banda" in answer.text
