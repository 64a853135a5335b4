"""A conversation is given to a person: why, how urgent, what the person is told, and what the user is."""

import re
from datetime import datetime
from typing import Any

import pytest
from rasa_calls import LANGUAGES, Bot, Event, bot_said, responses

from actions import hand_over
from actions.settings import PLACEHOLDER
from channels.sealing import open_call_back

TEXTS = {"hi": "किसी इंसान से बात करनी है", "hi-Latn": "kisi insaan se baat karni hai", "en": "I want to talk to a person"}
HOURS = "mon-sat 10:00-18:00"


class Monday(datetime):
    @classmethod
    def now(cls, tz: Any = None) -> "Monday":
        return cls(2026, 11, 23, 11, 0, tzinfo=tz)


class Sunday(datetime):
    @classmethod
    def now(cls, tz: Any = None) -> "Sunday":
        return cls(2026, 11, 22, 11, 0, tzinfo=tz)


def failed(bot: Bot, text: str = "zzqx") -> list[Event]:
    """A turn before this one that ended without an answer."""
    said = bot_said("...")
    said["data"]["custom"] = {"outcome": "not_understood"}
    message = bot.understood(text, "nlu_fallback")
    return [{"event": "user", "timestamp": 0.5, "text": text, "parse_data": message}, said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_is_called_when_one_is_asked_for(bot: Bot, language: str) -> None:
    wish = bot.ask("action_hand_over", TEXTS[language], "talk_to_person").custom["handover"]
    assert (wish["reason"], wish["urgency"]) == ("asked", "normal")
    assert TEXTS[language] in wish["summary"]


@pytest.mark.parametrize(("today", "key"), [(Monday, "utter_handed_over"), (Sunday, "utter_handed_over_later")])
def test_what_is_said_is_true_for_the_hour(bot: Bot, monkeypatch: pytest.MonkeyPatch, today: type, key: str) -> None:
    monkeypatch.setenv("ACTIONS_STAFF_HOURS", HOURS)
    monkeypatch.setattr(hand_over, "datetime", today)
    said = bot.ask("action_hand_over", TEXTS["en"], "talk_to_person").message
    assert said["response"] == key
    gaps = {gap for variant in responses()[key] for gap in re.findall(r"{(\w+)}", variant["text"])}
    assert all(said[gap] for gap in gaps - {"opening"})


def test_after_hours_the_day_and_the_hour_are_named(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONS_STAFF_HOURS", HOURS)
    monkeypatch.setattr(hand_over, "datetime", Sunday)
    said = bot.ask("action_hand_over", TEXTS["hi"], "talk_to_person").message
    assert (said["day"], said["time"]) == ("23 नवंबर 2026", "10")


def test_where_nobody_sits_only_the_telephone_is_promised(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONS_STAFF_HOURS", "")
    assert bot.ask("action_hand_over", TEXTS["en"], "talk_to_person").message["response"] == "utter_talk_to_person"


def test_a_decision_that_is_not_the_assistants_is_left_to_people_and_said_so(bot: Bot) -> None:
    answer = bot.ask("action_leave_to_people", "mera loan aap hi pass kar do", "decide_for_me")
    assert answer.custom["handover"]["reason"] == "not_for_bot"
    assert "DIC" in answer.message["opening"]


PLAINLY = ["हमके समझ में नइखे आवत, केहू आदमी से बतिया दीं", "hamka masin se nahin bolai ka hai, kauno sahab se baat karwai deo",
           "I told your bot four times. Connect me to a real officer right now."]  # fmt: skip


@pytest.mark.parametrize("text", PLAINLY)
def test_a_person_asked_for_plainly_is_called_whatever_the_classifier_makes_of_it(bot: Bot, text: str) -> None:
    for action, intent in (("action_answer", "ask_knowledge"), ("action_begin_task", "guide_rejection")):
        assert bot.ask(action, text, intent).custom["handover"]["reason"] == "asked"


def test_a_question_about_talking_to_somebody_is_answered_where_there_is_an_answer(bot: Bot) -> None:
    answer = bot.ask("action_answer", "आप मेरे बैंक मैनेजर से बात करवा दो या उनको आदेश भेज दो")
    assert answer.custom["entry"] == "helpline-what-can"


@pytest.mark.parametrize("text", ["sab chor hain, bakwas helpline", "ये सब बकवास है", "this is useless nonsense"])
def test_anger_calls_a_person_at_once(bot: Bot, text: str) -> None:
    wish = bot.ask("action_answer", text, "nlu_fallback").custom["handover"]
    assert (wish["reason"], wish["urgency"]) == ("anger", "high")


def test_angry_words_in_a_question_that_has_an_answer_are_answered(bot: Bot) -> None:
    assert (
        bot.ask("action_answer", "bekaar bank, margin money me kitni subsidy milti hai").custom["outcome"] == "answered"
    )


def test_distress_is_the_most_urgent(bot: Bot) -> None:
    answer = bot.ask("action_distress", "mar jaunga", "distress")
    assert answer.custom["handover"]["urgency"] == "urgent"
    assert answer.message["response"] == "utter_distress"


def test_one_failure_calls_nobody_and_the_second_in_a_row_does(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    first = bot.ask("action_answer", "zzqx", "nlu_fallback")
    assert first.message["response"] == "utter_not_understood"
    second = bot.ask("action_answer", "zzqx wvb", "nlu_fallback", earlier=failed(bot))
    assert second.custom["handover"]["reason"] == "failures"


def test_staff_see_the_dialogue_the_district_and_the_last_answer_in_their_language(bot: Bot) -> None:
    task = {"kind": "eligibility", "topic": "", "told": {"age": 35}, "asked": "unit", "at": "2999-01-01T00:00:00+00:00"}
    summary = bot.ask(
        "action_hand_over", "Agra se hoon, kisi se baat karao", "talk_to_person",
        slots={"task": task, "entry": "mm-what"},
    ).custom["handover"]["summary"]  # fmt: skip
    assert "पात्रता की जाँच: 35" in summary
    assert "ज़िला: आगरा" in summary
    assert "आख़िरी जवाब" in summary


@pytest.mark.parametrize("number", ["9876543210", "98765 43210", "1234 5678 9012"])
def test_long_numbers_do_not_reach_the_summary(bot: Bot, number: str) -> None:
    said = f"mera number {number} hai kisi se baat karao"
    summary = bot.ask("action_hand_over", said, "talk_to_person").custom["handover"]["summary"]
    assert number not in summary
    assert "***" in summary


def test_who_wants_to_be_phoned_is_asked_on_which_number(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONS_STAFF_HOURS", "mon-sun 00:00-23:59")
    answer = bot.ask("action_hand_over", "mujhe phone karwa dijiye", "talk_to_person")
    assert answer.message["response"] == "utter_callback_begin"
    assert (answer.custom["handover"]["reason"], answer.custom["handover"]["call_back"]) == ("call_back", None)
    assert (answer.followup, answer.slot("task")["kind"]) == ("task_form", "callback")


def test_a_number_given_with_the_wish_is_passed_on_sealed(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONS_STAFF_HOURS", "mon-sun 00:00-23:59")
    answer = bot.ask("action_hand_over", "9812345678 par phone karwa dijiye", "talk_to_person")
    wish = answer.custom["handover"]
    assert (wish["reason"], open_call_back(wish["call_back"], PLACEHOLDER)) == ("call_back", "9812345678")
    assert "9812345678" not in str(wish) + str(answer.slot("task"))
