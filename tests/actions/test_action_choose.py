"""`action_choose`: a lone number is the button of that number in the last reply."""

import pytest
from rasa_calls import LANGUAGES, Bot, Event

from knowledge.entries_loader import load

ENTRIES = load().entries
ASKED = {"hi": "मुझे पैसा चाहिए", "hi-Latn": "mujhe paisa chahiye", "en": "I need some money"}


def offered(bot: Bot, language: str, *payloads: str) -> list[Event]:
    return bot.said_before(ASKED[language], [{"title": "…", "payload": p} for p in payloads])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("number", "entry"), [("1", "mm-what"), ("2", "toolkit-what"), ("3", "cfc-what")])
def test_a_number_takes_the_entry_of_that_place(bot: Bot, language: str, number: str, entry: str) -> None:
    earlier = offered(bot, language, "entry:mm-what", "entry:toolkit-what", "entry:cfc-what")
    answer = bot.tap("action_choose", number, earlier=earlier)
    assert answer.message["text"] == ENTRIES[entry].answer[language]
    assert answer.custom["outcome"] == "answered"
    assert answer.slot("entry") == entry


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_takes_the_district_of_that_place(bot: Bot, language: str) -> None:
    earlier = offered(bot, language, "district:kanpur-nagar", "district:kanpur-dehat")
    said = bot.tap("action_choose", "2", earlier=earlier).message
    assert said["response"] == "utter_district_products"
    assert said["custom"]["language"] == language


@pytest.mark.parametrize("wanted", LANGUAGES)
def test_a_number_takes_the_language_of_that_place(bot: Bot, wanted: str) -> None:
    earlier = offered(bot, "hi", *(f"language:{code}" for code in LANGUAGES))
    answer = bot.tap("action_choose", str(1 + LANGUAGES.index(wanted)), earlier=earlier)
    assert answer.message["response"] == "utter_language_set"
    assert answer.message["language"] == wanted
    assert answer.slot("preferred_language") == wanted


@pytest.mark.parametrize(
    ("payload", "key"), [("person:", "utter_talk_to_person"), ("menu:", "utter_help"), ("stop:", "utter_stopped")]
)
def test_a_number_takes_the_scripted_button_of_that_place(bot: Bot, payload: str, key: str) -> None:
    assert bot.tap("action_choose", "1", earlier=offered(bot, "en", payload)).message["response"] == key


def test_a_number_begins_the_dialogue_of_that_place(bot: Bot) -> None:
    answer = bot.tap("action_choose", "1", earlier=offered(bot, "en", "task:eligibility.margin_money"))
    assert answer.slot("task")["topic"] == "margin_money"
    assert answer.followup == "task_form"


@pytest.mark.parametrize("number", ["4", "9", "0"])
def test_a_number_beyond_the_choices_is_no_choice(bot: Bot, number: str) -> None:
    earlier = offered(bot, "en", "entry:mm-what", "entry:toolkit-what", "entry:cfc-what")
    answer = bot.tap("action_choose", number, earlier=earlier)
    assert answer.message["response"] == "utter_no_such_choice"
    assert answer.events == []


def test_a_number_at_the_start_of_a_conversation_is_no_choice(bot: Bot) -> None:
    assert bot.tap("action_choose", "1").message["response"] == "utter_no_such_choice"


def test_a_number_after_a_reply_without_buttons_is_no_choice(bot: Bot) -> None:
    earlier = [*offered(bot, "en", "entry:mm-what"), *bot.said_before("thank you so much")]
    assert bot.tap("action_choose", "1", earlier=earlier).message["response"] == "utter_no_such_choice"


@pytest.mark.parametrize("payload", ["entry:gone", "district:gone", "language:fr", "nonsense", ""])
def test_a_button_that_leads_nowhere_is_no_choice(bot: Bot, payload: str) -> None:
    assert (
        bot.tap("action_choose", "1", earlier=offered(bot, "en", payload)).message["response"] == "utter_no_such_choice"
    )


def test_buttons_of_all_replies_of_the_turn_are_counted_through(bot: Bot) -> None:
    first = offered(bot, "en", "entry:mm-what")
    second = offered(bot, "en", "entry:cfc-what")[1:]
    assert bot.tap("action_choose", "2", earlier=[*first, *second]).custom["entry"] == "cfc-what"
