"""Questions about the programme: answers with sources, choices, choosing by number."""

from collections.abc import Callable

import pytest
from conversation import HELPLINE, LANGUAGES, Ask, Conversation, entry_of

from knowledge.entries_loader import load as load_library

REFUSED = {
    "hi": "बैंक ने लोन देने से मना कर दिया अब क्या करूँ",
    "hi-Latn": "meri lon bank ne mana kr di ab kya kru",
    "en": "the bank refused my loan, what should I do",
}
COST = {
    "hi": ["क्या आप पैसे लेते हैं", "क्या इसके पैसे लगते हैं", "क्या यह सेवा मुफ़्त है"],
    "hi-Latn": ["kya iske paise lagte hain", "kya aap paise lete hain", "kya iska koi charge hai"],
    "en": ["do you charge money", "is this service free", "how much do you charge", "do you take money"],
}
ASKED_FOR_MONEY = {
    "agent ne paise maange": "application-fee",
    "एजेंट ने पैसे ले लिए": "application-fraud-call",
    "officer is asking for a bribe": "bank-bribe",
    "manager ghoos maang raha hai": "bank-bribe",
}
VAGUE = {
    "hi": ["योजना का लाभ", "फ़ॉर्म", "मेरा काम"],
    "hi-Latn": ["scheme ka fayda", "form bharna", "mera kaam ruka hua hai"],
    "en": ["benefits", "how to apply", "the form"],
}
HELP = {"hi": "मदद", "hi-Latn": "kya puchh sakte hain", "en": "what can you do"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_answered_with_its_sources_and_their_dates(ask: Ask, language: str) -> None:
    answer = ask(REFUSED[language])
    assert (answer.outcome, answer.entry, answer.language) == ("answered", "loan-rejected", language), answer
    assert answer.dates
    assert all(answer.dates)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_answered_in_every_language_with_a_dated_source(
    somebody: Callable[[], Conversation], language: str
) -> None:
    """That the source is dated is checked of every answer there is (conversation.py)."""
    wrong = []
    entries = list(load_library().entries)
    for start in range(0, len(entries), 20):  # a session of a human length
        person = somebody()
        person.say(f"language:{language}")
        for name in entries[start : start + 20]:
            answer = person.say(f"entry:{name}")
            if (answer.outcome, answer.entry, answer.language) != ("answered", name, language):
                wrong.append(str(answer))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entrys_own_question_is_answered_with_it(ask: Ask, language: str) -> None:
    answer = ask(dict(load_library().entries["mm-how-much"].questions.items())[language][0])
    assert (answer.entry, answer.language) == ("mm-how-much", language), answer


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, some in COST.items() for text in some])
def test_what_the_help_costs_is_answered_with_that_it_is_free(ask: Ask, language: str, text: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.entry, answer.language) == ("answered", "application-fee", language), answer
    assert answer.dates
    assert HELPLINE in answer.text


@pytest.mark.parametrize(("text", "entry"), list(ASKED_FOR_MONEY.items()))
def test_who_was_asked_for_money_is_told_where_to_complain(ask: Ask, text: str, entry: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.entry) == ("answered", entry), answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vague_message_gets_at_most_three_choices_and_the_helpline(ask: Ask, language: str) -> None:
    offered = [answer for answer in map(ask, VAGUE[language]) if answer.outcome == "choices_offered"]
    assert offered, [str(ask(text)) for text in VAGUE[language]]
    for answer in offered:
        assert 1 <= len(answer.payloads) <= 3, answer
        assert all(payload.partition(":")[2] in entry_of().values() for payload in answer.payloads), answer
        assert HELPLINE in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("digit", "place"), [("1", 0), ("१", 0), ("2", 1), ("३", 2), ("4.", 3)])
def test_a_number_takes_the_choice_of_that_place(person: Conversation, language: str, digit: str, place: int) -> None:
    offered = person.say(HELP[language]).payloads
    answer = person.say(digit)
    assert f"entry:{answer.entry}" == offered[place], answer
    assert answer.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_ask_next_can_be_chosen_by_number_again_and_again(person: Conversation, language: str) -> None:
    answer = person.say(REFUSED[language])
    for _ in range(3):
        place, wanted = next((n, one) for n, one in enumerate(answer.payloads, 1) if one.startswith("entry:"))
        answer = person.say(str(place))
        assert f"entry:{answer.entry}" == wanted
        assert answer.language == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", ["9", "९", "12", "10"])
def test_a_number_beyond_the_list_is_not_understood(person: Conversation, language: str, number: str) -> None:
    person.say(REFUSED[language])
    answer = person.say(number)
    assert (answer.outcome, answer.language) == ("not_understood", language), answer


@pytest.mark.parametrize("number", ["1", "१", "10"])
def test_a_number_with_nothing_to_choose_is_not_understood(ask: Ask, number: str) -> None:
    answer = ask(number)
    assert answer.outcome == "not_understood", answer


def test_numbers_are_those_of_the_last_reply_only(person: Conversation) -> None:
    answer = person.last(REFUSED["en"], "thank you so much", "1")
    assert answer.outcome == "not_understood", answer


@pytest.mark.parametrize("text", ["Chikankari ke liye toolkit kaise milega", "Agra me loan kaise milega"])
def test_a_name_in_a_question_about_help_does_not_make_it_one_about_products(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.entry or all(payload.startswith("entry:") for payload in answer.payloads), answer


@pytest.mark.parametrize("text", ["काग़ज़", "kaagaz", "documents"])
def test_one_word_of_ours_is_not_refused_as_foreign(ask: Ask, text: str) -> None:
    assert ask(text).outcome in {"answered", "choices_offered"}
