"""What is told instead of an answer is said back in a few words, and the question is asked again."""

import pytest
from form_talk import FormTalk
from rasa_calls import Bot

from actions.dialogue.field import Field, OwnReading, YesNo
from actions.dialogue.question import noted
from knowledge.entry import ByLanguage


def asked(bot: Bot, name: str, **told: object) -> FormTalk:
    """A dialogue about margin money that has come to this question."""
    talk = FormTalk(bot).begin("eligibility.margin_money")
    known = {"age": 35, "district": "agra", "product": "petha", "project_cost": 1_000_000, **told}
    talk.slots["task"] = {**talk.task, "told": known, "asked": name, "language": "hi-Latn"}
    return talk


@pytest.mark.parametrize(
    ("text", "heard"),
    [("general", "samanya"), ("ओबीसी", "OBC"), ("SC", "SC"), ("mahila hu", "mahila hu"), ("12th pass", "12th pass"),
     ("महिला", "महिला"), ("female", "female")],
)  # fmt: skip
def test_it_is_said_back_and_the_question_comes_again(bot: Bot, text: str, heard: str) -> None:
    talk = asked(bot, "bank_defaulter").say(text)
    assert len(talk.said) == 1
    assert f"Theek hai: {heard}. " in str(talk.said)
    assert talk.task["asked"] == "bank_defaulter"
    assert "bank_defaulter" not in talk.task["told"]
    assert talk.task["misses"] == 0


def test_a_place_is_said_back_too(bot: Bot) -> None:
    talk = asked(bot, "bank_defaulter")
    del talk.task["told"]["district"]
    talk.say("varanasi", "ask_district")
    assert talk.task["told"]["district"] == "varanasi"
    assert "Theek hai: varanasi. " in str(talk.said)


def test_where_it_may_be_the_fairs_a_place_is_no_home(bot: Bot) -> None:
    talk = FormTalk(bot).begin("eligibility.mda")
    talk.slots["task"] = {**talk.task, "asked": "mda_purpose"}
    assert "district" not in talk.say("varanasi", "ask_district").task["told"]


@pytest.mark.parametrize("text", ["haan", "nahi ji", "pata nahi"])
def test_an_answer_to_the_question_is_not_said_back(bot: Bot, text: str) -> None:
    talk = asked(bot, "bank_defaulter").say(text)
    assert f": {text}" not in str(talk.said)
    assert talk.task["asked"] != "bank_defaulter"


def test_a_number_that_is_kept_secret_is_not_said_back() -> None:
    words = ByLanguage.model_validate(dict.fromkeys(("hi", "hi-Latn", "en"), "?"))
    kinds = {"agreed": YesNo(), "number": OwnReading(lambda text: text)}
    fields = {name: Field(name, kind, words, words) for name, kind in kinds.items()}
    assert noted(fields, {"agreed": True}, "en", "I agree") == "All right: I agree."
    assert noted(fields, {"agreed": True, "number": "26001234"}, "en", "I agree, 26001234") == ""
