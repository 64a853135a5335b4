"""The dialogue as the engine calls it."""

from datetime import date
from typing import Any

import pytest

from actions.dialogue.said import Said
from actions.dialogue.state import State, restore
from actions.dialogue.task import Occasion, Task
from actions.rejection.task import RejectionTask

TODAY = date(2026, 11, 21)
TASK: Task = RejectionTask()


def occasion(language: str = "en", channel: str = "web") -> Occasion:
    return Occasion(TODAY, language, channel, "session")


def telling(state: State, name: str, value: Any) -> tuple[State, list[str]]:
    state, said = TASK.told(state.tell(name, value), name, occasion())
    return state, [one.response for one in said]


def after(*told: tuple[str, Any]) -> State:
    state = State("rejection")
    for name, value in told:
        state, _ = telling(state, name, value)
    return state


def finish(state: State, **kwargs: str) -> list[Said]:
    return list(TASK.finish(state, occasion(**kwargs)))


def keys(said: list[Said]) -> list[str]:
    return [one.response.removeprefix("utter_rejection_") for one in said]


def test_the_shortest_conversation_has_one_question() -> None:
    state = after(("forwarded", False))
    assert TASK.next(state, TODAY) is None
    assert keys(finish(state)) == ["dic_first"]


def test_a_whole_conversation_asks_one_thing_at_a_time() -> None:
    answers = {"forwarded": True, "complained": True, "complained_on": date(2026, 9, 1), "bank_replied": True,
               "replied_on": date(2026, 10, 20), "ombudsman": False, "court": False}  # fmt: skip
    state, asked = State("rejection"), []
    while name := TASK.next(state, TODAY):
        asked.append(name)
        state, _ = telling(state, name, answers[name])
    assert asked == list(answers)
    said = finish(state)
    assert keys(said) == ["ombudsman", "doors"]
    assert said[0].values == {"closes": "18 January 2027"}


def test_who_refuses_every_question_is_asked_each_once_and_helped() -> None:
    state, asked = State("rejection"), []
    while name := TASK.next(state, TODAY):
        asked.append(name)
        state = state.refuse(name)
    assert asked == ["forwarded", "complained", "reason", "reason_written"]
    assert keys(finish(state)) == ["ask_reason", "ask_dic"]


def test_a_day_that_lies_ahead_is_said_and_asked_again() -> None:
    state, said = telling(after(("complained", True)), "complained_on", date(2026, 11, 22))
    assert said == ["utter_rejection_day_ahead"]
    assert TASK.next(state, TODAY) == "complained_on"


def test_today_is_no_day_ahead() -> None:
    state, said = telling(after(("complained", True)), "complained_on", TODAY)
    assert (said, TASK.next(state, TODAY)) == ([], "bank_replied")


@pytest.mark.parametrize("order", [("complained_on", "replied_on"), ("replied_on", "complained_on")])
def test_a_reply_older_than_the_complaint_is_asked_again_whichever_came_last(order: tuple[str, str]) -> None:
    days = {"complained_on": date(2026, 9, 10), "replied_on": date(2026, 9, 9)}
    state, said = telling(after((order[0], days[order[0]])), order[1], days[order[1]])
    assert said == ["utter_rejection_reply_too_early"]
    assert state.told["complained_on"] == days["complained_on"]
    assert TASK.next(state, TODAY) == "replied_on"


def test_a_reply_on_the_day_of_the_complaint_is_possible() -> None:
    _, said = telling(after(("complained_on", date(2026, 9, 10))), "replied_on", date(2026, 9, 10))
    assert said == []


def test_who_takes_the_complaint_back_takes_its_days_back() -> None:
    state = after(("complained_on", date(2026, 9, 10)), ("replied_on", date(2026, 10, 1)), ("complained", False))
    assert dict(state.told) == {"complained": False}


def test_who_takes_the_reply_back_takes_its_day_back() -> None:
    state = after(("complained_on", date(2026, 10, 1)), ("replied_on", date(2026, 10, 5)), ("bank_replied", False))
    assert keys(finish(state))[0] == "ombudsman"
    assert "replied_on" not in state.told


@pytest.mark.parametrize("name", ["complained_on", "replied_on"])
def test_a_day_told_after_a_no_counts(name: str) -> None:
    denied = after(("complained", False)).tell("bank_replied", False)
    state, _ = TASK.told(denied.tell(name, date(2026, 9, 10)), name, occasion())
    assert state.told["complained"] is True


def test_a_reason_in_writing_contradicts_that_nothing_was_said() -> None:
    told = (("complained", False), ("forwarded", True))
    state = after(*told, ("reason", "not_told"), ("reason_written", True))
    assert TASK.next(state, TODAY) == "reason"
    state = after(*told, ("reason_written", True), ("reason", "not_told"))
    assert TASK.next(state, TODAY) is None
    assert keys(finish(state)) == ["ask_reason", "doors"]


@pytest.mark.parametrize("channel", ["sms", "voice"])
def test_one_message_is_enough_where_each_costs_something(channel: str) -> None:
    waiting = after(("complained_on", date(2026, 11, 1)), ("bank_replied", False))
    assert keys(finish(waiting, channel=channel)) == ["wait"]
    assert keys(finish(waiting)) == ["wait", "doors"]


@pytest.mark.parametrize("channel", ["sms", "voice", "web", "whatsapp"])
def test_who_does_not_know_of_the_dic_is_sent_there_on_every_channel(channel: str) -> None:
    state = after(("complained", False), ("reason", "not_told")).refuse("forwarded")
    assert keys(finish(state, channel=channel)) == ["ask_reason", "ask_dic"]


@pytest.mark.parametrize(
    ("told", "letter"),
    [
        ({"forwarded": True, "complained": False, "reason": "not_told"}, "task:letter.reasons"),
        ({"forwarded": True, "complained": False, "reason": "bribe"}, "task:letter.bank"),
        ({"complained_on": date(2026, 10, 1), "bank_replied": False}, "task:letter.ombudsman"),
    ],
)
def test_the_letter_that_fits_is_offered_first_and_a_person_last(told: dict[str, Any], letter: str) -> None:
    payloads = [b.payload for b in finish(after(*told.items()))[0].buttons]
    assert (payloads[0], payloads[-1]) == (letter, "person:")


def test_days_are_written_in_the_language_and_spoken_without_the_year() -> None:
    state = after(("complained_on", date(2026, 10, 1)), ("bank_replied", False))
    written = {language: finish(state, language=language)[0] for language in ("hi", "hi-Latn", "en")}
    assert written["hi"].values["closes"] == "29 जनवरी 2027"
    assert written["hi-Latn"].values["closes"] == "29 January 2027"
    assert "29 जनवरी तक" in (written["hi-Latn"].speech or "")
    assert "2027" not in (written["en"].speech or "")


def test_a_state_survives_being_stored() -> None:
    state = after(("complained_on", date(2026, 10, 1)), ("bank_replied", False))
    assert restore(state.dump(), TASK.fields()).told == state.told
