"""A person in distress gets a kind sentence and a number to call, whatever else is said and asked."""

import pytest
from conversation import HELPLINE, LANGUAGES, Answer, Ask, Conversation

DESPAIR = {"hi": "अब जीने का मन नहीं करता", "hi-Latn": "ab mar jaunga main", "en": "I do not want to live anymore"}
VIOLENCE = {
    "hi": "मेरे पति रोज़ मारते हैं",
    "hi-Latn": "mere pati mujhe roz maarte hain",
    "en": "My husband beats me every night",
}
HUNGER = {
    "hi": "बच्चे दो दिन से भूखे हैं",
    "hi-Latn": "ghar me khane ko kuch nahi hai",
    "en": "There is no food at home for my children",
}
DEBT = {
    "hi": "क़र्ज़ में डूब गया हूँ, नींद नहीं आती",
    "hi-Latn": "karz me doob gaya hoon, neend nahi aati",
    "en": "I am drowning in debt",
}
REFUSED = {
    "hi": "बैंक ने लोन मना कर दिया, अब ज़हर खा लूँगा",
    "hi-Latn": "bank ne loan mana kar diya, ab jaan de dunga",
    "en": "The bank refused my loan and I want to die",
}
BESIDE = {
    "hi": "आगरा का उत्पाद क्या है? अब मैं मर जाऊँगा",
    "hi-Latn": "agra ka product kya hai? ab main mar jaunga",
    "en": "What is the product of Agra? I want to kill myself",
}
FIGURE = {
    "hi": "लोन के लिए दौड़ दौड़ के मर रहा हूँ, कितनी सब्सिडी मिलेगी",
    "hi-Latn": "loan ke liye daud daud ke mar raha hoon, kitni subsidy milegi",
    "en": "This waiting is killing me, how much subsidy will I get?",
}
MINE = {
    "hi": "मेरे ज़िले का उत्पाद क्या है",
    "hi-Latn": "mere zile ka product kya hai",
    "en": "what is the product of my district?",
}


def check(answer: Answer, language: str) -> None:
    assert (answer.outcome, answer.language, len(answer.replies)) == ("handed_over", language, 1), answer
    assert "14416" in answer.text and "112" in answer.text and HELPLINE in answer.text, answer
    assert answer.payloads[0] == "person:"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "said", [DESPAIR, VIOLENCE, HUNGER, DEBT, BESIDE], ids=["life", "blows", "food", "debt", "beside"]
)
def test_distress_gets_a_number_to_call(ask: Ask, said: dict[str, str], language: str) -> None:
    answer = ask(said[language])
    check(answer, language)
    assert answer.payloads == ["person:"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_a_refused_loan_the_way_on_is_offered_too(person: Conversation, language: str) -> None:
    answer = person.say(REFUSED[language])
    check(answer, language)
    assert answer.payloads == ["person:", "entry:loan-rejected"]
    assert person.say("2").entry == "loan-rejected"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", [DESPAIR, REFUSED, BESIDE], ids=["alone", "refused", "with a district"])
def test_it_ends_the_form_that_asks_for_the_district(person: Conversation, said: dict[str, str], language: str) -> None:
    assert person.say(MINE[language]).outcome == "question_asked"
    check(person.say(said[language]), language)
    assert person.say("shukriya").outcome == "small_talk"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_of_speech_is_answered_as_the_question_it_asks(ask: Ask, language: str) -> None:
    assert ask(FIGURE[language]).outcome != "handed_over"


@pytest.mark.parametrize("channel", ["sms", "voice"])
def test_the_number_is_there_on_the_phone_too(person: Conversation, channel: str) -> None:
    text = person.say(DESPAIR["hi"], channel).text
    assert ("14416" if channel == "sms" else "एक चार चार एक छह") in text
