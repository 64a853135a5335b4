"""A mobile number that nobody asked for: what it is for is asked, instead of guessed."""

import pytest
from rasa_calls import Bot

from actions.callback.own_number import is_all_that_is_told


@pytest.mark.parametrize(
    "said",
    [
        "9876543210",
        "mera number 9876543210 hai",
        "mera mob. no. +91 98765-43210",
        "my number is 98765 43210",
        "मेरा नंबर ९८७६५४३२१० है",
        "mera number nau aath saat chhe paanch chaar teen do ek shunya hai",
        "मेरा मोबाइल नंबर नौ आठ सात छह पांच चार तीन दो एक शून्य है",
    ],
)
def test_a_number_and_whose_it_is_is_all_that_is_told(said: str) -> None:
    assert is_all_that_is_told(said)


@pytest.mark.parametrize(
    "said",
    [
        "helpline ka number kya hai",
        "mera number galat likha hai form mein 9876543210",
        "9876543210 par otp nahi aaya",
        "mera aadhaar 2345 6789 0123 hai",
        "mera number 9876543210 ہے",
        "application number ODOP/MM/26/001234",
        "loan 500000 chahiye",
        "",
    ],
)
def test_whoever_says_more_or_something_else_is_heard_as_ever(said: str) -> None:
    assert not is_all_that_is_told(said)


@pytest.mark.parametrize("action", ["action_answer", "action_begin_task"])
def test_a_number_alone_is_asked_about_with_ways_to_go_on(bot: Bot, action: str) -> None:
    answer = bot.ask(action, "mera number 9876543210 hai", "check_eligibility")
    assert answer.message["response"] == "utter_own_number"


def test_who_gives_a_number_to_be_called_is_called_back(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONS_STAFF_HOURS", "mon-sun 00:00-23:59")
    answer = bot.ask("action_answer", "my number is 98765 43210, call me")
    assert answer.custom["handover"]["reason"] == "call_back"
