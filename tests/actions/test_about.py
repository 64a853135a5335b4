"""What goes with a reply for the helpline's figures."""

from typing import Any

from rasa_calls import Bot

from actions import about


def said(bot: Bot, text: str, action: str = "action_answer", intent: str = "ask_knowledge") -> dict[str, Any]:
    return bot.ask(action, text, intent).message["custom"] or {}


def test_an_answer_names_its_entry_topic_and_the_district_of_the_question(bot: Bot) -> None:
    custom = said(bot, "margin money kitni milti hai Banda mein")
    assert (custom["entry"], custom["topic"], custom["district"]) == ("mm-how-much", "margin-money", "banda")


def test_what_was_not_understood_names_the_district_too(bot: Bot) -> None:
    assert said(bot, "agra mein xyzzy plugh frobnicate")["district"] == "agra"


def test_of_two_districts_none_is_named() -> None:
    entities = [{"entity": "district", "value": value} for value in ("agra", "banda")]
    result: dict[str, Any] = {"responses": [{"custom": None}], "events": []}
    about.tell({"tracker": {"latest_message": {"entities": entities}}}, result)
    assert result["responses"] == [{"custom": None}]


def test_a_dialogue_is_named() -> None:
    result: dict[str, Any] = {
        "responses": [{"custom": {"outcome": "question_asked"}}],
        "events": [{"event": "slot", "name": "task", "value": {"kind": "status"}}],
    }
    about.tell({"tracker": {}}, result)
    assert result["responses"][0]["custom"] == {"task": "status", "outcome": "question_asked"}
