"""A dialogue that is over is held: a correction is heard, also later; questions and small talk are not stolen."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from form_talk import FormTalk
from rasa_calls import Bot

LOAN = {"age": 41, "district": "lucknow", "product": "chikankari", "bank_defaulter": False, "other_subsidy": False,
        "family_margin_money": False, "project_cost": 4_000_000, "category": "general"}  # fmt: skip
KIT = {"age": 27, "district": "lucknow", "product": "chikankari", "family_toolkit": True}
REFUSED = {"forwarded": True, "complained": False, "reason": "cibil", "reason_written": False}


def over(bot: Bot, task: str, told: dict[str, Any], fresh: bool = False, **more: Any) -> FormTalk:
    """`fresh`: its end was said in the turn before."""
    kind, _, topic = task.partition(".")
    held = {"kind": kind, "topic": topic, "told": told, "over": True, "fresh": fresh, "language": "hi-Latn"}
    return FormTalk(bot, {"task": {**held, "at": datetime.now(UTC).isoformat(), **more}})


def loan(bot: Bot, **more: Any) -> FormTalk:
    return over(bot, "eligibility.margin_money", dict(LOAN), **more)


def outcomes(talk: FormTalk) -> list[str]:
    given = (message.get("custom") or {} for message in talk.said)  # a scripted sentence brings its own outcome
    return [custom["outcome"] for custom in given if "outcome" in custom]


def test_nothing_taken_leaves_the_dialogue_held_and_no_longer_fresh(bot: Bot) -> None:
    talk = loan(bot, fresh=True).say("dhanyavad", "thank")
    assert not talk.over
    assert talk.task["over"]
    assert not talk.task["fresh"]


@pytest.mark.parametrize(
    ("text", "cost"),
    [("make it 80 lakh", 8_000_000), ("project cost is 2.5 crore", 25_000_000), ("galat, 80 lakh lagega", 8_000_000),
     ("40 lakh nahi 80 lakh", 8_000_000), ("ग़लत बोल दिया, अस्सी लाख लगेगा", 8_000_000),
     ("sorry, it is 80 lakh", 8_000_000)],
)  # fmt: skip
def test_a_correction_is_heard_long_after_the_verdict(bot: Bot, text: str, cost: int) -> None:
    talk = loan(bot).say("margin money mein kitni subsidy milti hai?", "ask_knowledge").say(text)
    assert talk.task["told"]["project_cost"] == cost
    assert "verdict_given" in outcomes(talk)


@pytest.mark.parametrize("text", ["haan", "nahi", "yes", "18", "नहीं", "ji nahi", "ठीक है", "80 lakh", "30 din nahi hue"])
def test_a_bare_yes_no_or_number_far_from_the_verdict_is_none(bot: Bot, text: str) -> None:
    talk = loan(bot).say(text)
    assert talk.task["told"] == LOAN
    assert "verdict_given" not in outcomes(talk)


@pytest.mark.parametrize(
    "text", ["margin money ke liye kya kagaz chahiye?", "sorry, margin money mein kitni subsidy milti hai?",
             "टूलकिट के लिए उम्र कितनी होनी चाहिए?", "agra ka odop kya hai", "आगरा का ओडीओपी क्या है"],
)  # fmt: skip
def test_a_question_is_answered_and_not_taken_for_a_correction(bot: Bot, text: str) -> None:
    talk = loan(bot, fresh=True).say(text, "ask_knowledge")
    assert "verdict_given" not in outcomes(talk)
    assert talk.task["told"] == LOAN


@pytest.mark.parametrize("text", ["डेढ़ करोड़ हो तो", "agar 1.5 crore ho to", "suppose the project cost is 1.5 crore"])
def test_what_is_supposed_is_reckoned_and_what_was_told_stays(bot: Bot, text: str) -> None:
    talk = loan(bot).say(text)
    assert "₹15,00,000" in talk.said[0]["verdict"]
    assert talk.task["told"]["project_cost"] == 4_000_000


@pytest.mark.parametrize(
    "text", ["no no my brother did not take it, I pressed wrong button", "galat dab gaya, bhai ne nahi li",
             "ग़लत बता दिया, पति ने नहीं ली"],
)  # fmt: skip
def test_short_words_change_what_was_told_where_a_correction_is_said(bot: Bot, text: str) -> None:
    talk = over(bot, "eligibility.skill_toolkit", dict(KIT)).say(text, "deny")
    assert talk.task["told"]["family_toolkit"] is False


@pytest.mark.parametrize(
    ("text", "intent"),
    [("ab likhit me de diya hai", "nlu_fallback"), ("अरे रुको, चिट्ठी मिल गई, लिखित में दिया है", "write_letter"),
     ("ok he has given it in writing now", "nlu_fallback")],
)  # fmt: skip
def test_news_after_the_advice_changes_it_and_begins_no_letter(bot: Bot, text: str, intent: str) -> None:
    talk = over(bot, "rejection", dict(REFUSED), fresh=True).say(text, intent)
    assert talk.task["kind"] == "rejection"
    assert talk.task["told"]["reason_written"] is True


def test_a_correction_of_the_dic_is_no_small_talk(bot: Bot) -> None:
    talk = over(bot, "rejection", {"forwarded": False}).say("नहीं नहीं ग़लत बताया, फ़ाइल तो बैंक को भेजी थी", "deny")
    assert talk.task["told"]["forwarded"] is True
    assert not talk.task["over"]


@pytest.mark.parametrize("text", ["pm vishwakarma me dekho mera", "ok then check pm vishwakarma for me"])
def test_another_scheme_is_looked_at_with_what_is_known(bot: Bot, text: str) -> None:
    talk = loan(bot).say(text, "check_status")
    assert talk.task["topic"] == "pm_vishwakarma"
    assert talk.task["told"]["age"] == 41


@pytest.mark.parametrize("text", ["bas itna hi, ab batao", "that's all, now tell me", "बस इतना ही, अब बताइए"])
def test_that_all_is_told_ends_and_does_not_leave(bot: Bot, text: str) -> None:
    assert outcomes(loan(bot, fresh=True).say(text, "stop"))[0] == "verdict_given"
    begun = FormTalk(bot).begin("eligibility.margin_money").say(text, "stop")
    assert outcomes(begun)[0] == "verdict_given"
    assert begun.task["over"]


def test_what_to_do_at_the_stage_just_shown_is_said_again_without_the_number(bot: Bot) -> None:
    for text in ("इसमें करना क्या है?", "isme karna kya hai", "what should I do now?"):
        talk = over(bot, "status.margin_money.objection", {}, fresh=True).say(text, "ask_knowledge")
        assert outcomes(talk)[0] == "status_given"
        assert talk.task["told"] == {}


def test_after_a_night_nothing_is_held(bot: Bot) -> None:
    yesterday = (datetime.now(UTC) - timedelta(hours=13)).isoformat()
    talk = loan(bot, at=yesterday).say("make it 80 lakh")
    assert talk.over
    assert "verdict_given" not in outcomes(talk)


def test_leaving_ends_it(bot: Bot) -> None:
    assert loan(bot).say("bas", "stop").over
