"""A call back: a mobile number is asked for, heard however it is said, and passed on to a person."""

from datetime import date

import pytest

from actions.callback.task import CallbackTask, wants_call
from actions.desk_time import DeskTime
from actions.dialogue.hear import Heard, Move, hear
from actions.dialogue.message import Message
from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.dialogue.task import Occasion

TODAY = date(2026, 11, 23)
OPEN, CLOSED = DeskTime(True, {"until": "6"}), DeskTime(False, {"day": "24 November 2026", "time": "10"})
TASK = CallbackTask(lambda language: OPEN)
ASKED = State("callback", asked="mobile")


def occasion(sender: str | None = None) -> Occasion:
    return Occasion(TODAY, "en", "whatsapp" if sender else "web", "web-1", sender)


def say(text: str, state: State = ASKED) -> Heard:
    return hear(state, TASK, Message(text), occasion())


@pytest.mark.parametrize(
    "said",
    [
        "9812345678", "98123 45678", "+91 98123-45678", "mera number 9812345678 hai", "९८१२३४५६७८",
        "call me on 09812345678",
        "nau aath ek do teen char paanch chhah saat aath", "नौ आठ एक दो तीन चार पाँच छह सात आठ",
        "nine eight one two three four five six seven eight",
    ],
)  # fmt: skip
def test_a_mobile_number_is_heard_typed_or_spoken(said: str) -> None:
    heard = say(said)
    assert (heard.move, heard.state.told) == (Move.TOLD, {"mobile": "9812345678"})
    assert TASK.next(heard.state, TODAY) is None


@pytest.mark.parametrize(
    "said", ["98123456", "981234567890", "mera number 981 hai", "ODOP/MM/26/000001", "2345 6789 0124"]
)
def test_what_is_no_whole_mobile_number_is_said_to_be_none(said: str) -> None:
    heard = say(said)
    assert (heard.move, [one.response for one in heard.said]) == (Move.NOTHING, ["utter_callback_not_mobile"])


def test_of_two_numbers_neither_is_taken() -> None:
    assert say("9812345678 ya 9812345679").move is Move.NOTHING


def test_who_gives_no_number_is_told_the_helplines() -> None:
    heard = say("nahi dena")
    assert heard.move is Move.PASSED
    assert [one.response for one in TASK.finish(heard.state, occasion())] == ["utter_callback_without"]


@pytest.mark.parametrize(("time", "key"), [(OPEN, "utter_callback_kept"), (CLOSED, "utter_callback_kept_later")])
def test_the_number_is_passed_on_read_back_and_the_hour_is_true(time: DeskTime, key: str) -> None:
    (said,) = CallbackTask(lambda language: time).finish(ASKED.tell("mobile", "9812345678"), occasion())
    assert said == Said(key, {**time.values, "mobile": "98123 45678"}, call_back="9812345678")


def test_a_sender_who_is_vouched_for_is_asked_nothing() -> None:
    state, _ = TASK.begin(State("callback"), occasion("+919812345678"))
    assert TASK.next(state, TODAY) is None
    assert TASK.finish(state, occasion("+919812345678"))[0].call_back == "9812345678"


def test_the_wish_is_passed_on_before_the_number_is_known() -> None:
    assert TASK.opening() == Said("utter_callback_begin", outcome="question_asked", call_back="")


def test_where_nobody_would_phone_no_number_is_asked_for() -> None:
    task = CallbackTask(lambda language: None)
    state, _ = task.begin(State("callback"), occasion("+919812345678"))
    assert task.next(state, TODAY) is None
    (said,) = task.finish(state, occasion())
    assert (said.response, said.call_back) == ("utter_talk_to_person", None)


def test_the_number_does_not_stay_but_another_can_be_given_instead() -> None:
    kept = TASK.forget(ASKED.tell("mobile", "9812345678"))
    assert "9812345678" not in str(kept.dump())
    again = say("galat likh diya, 9812345670 hai", kept)
    assert (again.move, again.state.told) == (Move.TOLD, {"mobile": "9812345670"})


@pytest.mark.parametrize(
    "said",
    [
        "mujhe phone karwa dijiye", "मुझे फ़ोन कीजिए", "मुझे कॉल कर दो", "call back chahiye", "please call me",
        "ring me up please",
        "koi aadmi 9812345678 par phone kare", "give me call back on this number", "हमें फ़ोन करवा दो",
    ],
)  # fmt: skip
def test_a_wish_to_be_phoned_is_heard_beside_that_for_a_person(said: str) -> None:
    assert wants_call(said)


@pytest.mark.parametrize(
    "said",
    [
        "kisi se baat karni hai", "मुझे अधिकारी से बात करनी है", "talk to a person", "operator",
        "mujhe phone karna hai kisko karu",
        "helpline ka number do", "person:",
    ],
)  # fmt: skip
def test_a_wish_for_a_person_alone_is_none_to_be_phoned(said: str) -> None:
    assert not wants_call(said)
