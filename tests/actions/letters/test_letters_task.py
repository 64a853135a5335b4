"""The dialogue: few questions, each may be skipped, and at its end a letter in a form the channel can carry."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest
from letter_tools import NOW, RESPONSES, TODAY, TOLD, occasion, state, token_in

from actions.applications.errors import ApplicationsUnavailable
from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.dialogue.task import Task
from actions.letters.desk import Desk
from actions.letters.letter import TOPICS
from actions.letters.task import LINK, SPOKEN, LetterTask

LANGUAGES = ("hi", "hi-Latn", "en")


@pytest.fixture
def task(desk: Desk) -> LetterTask:
    return LetterTask(lambda: desk)


def asked(task: Task, start: State, skip: bool = False) -> list[str]:
    """Everything asked of a user who answers all, or skips all."""
    names: list[str] = []
    while (name := task.next(start, TODAY)) is not None:
        names.append(name)
        start = start.refuse(name) if skip else start.tell(name, TOLD[name])
    return names


def test_the_language_comes_first_and_the_first_letter_asks_seven_things(task: LetterTask) -> None:
    names = asked(task, state("reasons"))
    assert names == ["letter_language", "name", "place", "bank", "amount", "application_number", "refused_on"]


def test_the_complaints_ask_what_they_need(task: LetterTask) -> None:
    assert asked(task, state("bank"))[6:] == ["wrong", "refused_on"]
    assert asked(task, state("ombudsman"))[8:] == ["complained_on", "complaint_number", "bank_reply"]


def test_everything_can_be_skipped(task: LetterTask) -> None:
    for topic in ("", *TOPICS):
        names = asked(task, state(topic), skip=True)
        assert len(names) == len(set(names)) <= 11
        assert task.finish(State("letter", topic, refused=frozenset(names)), occasion())


@pytest.mark.parametrize("topic", ["", "no-such-letter"])
def test_which_letter_is_asked_when_it_is_not_known(task: LetterTask, topic: str) -> None:
    begun = state(topic)
    assert task.next(begun, TODAY) == "letter"
    chosen, said = task.told(begun.tell("letter", "ombudsman"), "letter", occasion())
    assert (chosen.topic, said) == ("ombudsman", ())
    assert task.next(chosen, TODAY) == "letter_language"


def test_the_day_of_refusal_is_not_asked_where_the_bank_has_not_decided(task: LetterTask) -> None:
    told = {name: TOLD[name] for name in asked(task, state("reasons")) if name != "refused_on"}
    assert task.next(State("letter", "bank", {**told, "wrong": "delay"}), TODAY) is None
    assert task.next(State("letter", "bank", {**told, "wrong": "collateral"}), TODAY) == "refused_on"


@pytest.mark.parametrize("name", ["refused_on", "complained_on"])
def test_a_day_to_come_is_asked_for_again(task: LetterTask, name: str) -> None:
    after, said = task.told(state("ombudsman", **{name: date(2026, 11, 23)}), name, occasion())
    assert name not in after.told
    assert [each.response for each in said] == ["utter_letter_day_to_come"]
    after, said = task.told(state("ombudsman", **{name: TODAY}), name, occasion())
    assert after.told[name] == TODAY and not said


@pytest.mark.parametrize("topic", TOPICS)
def test_the_link_opens_the_letter_that_is_also_said_as_text(task: LetterTask, desk: Desk, topic: str) -> None:
    link, text = task.finish(state(topic, **TOLD), occasion())
    assert (link.response, text.response) == (LINK[topic], "utter_letter_text")
    assert urlsplit(link.values["link"]).path == f"/letters/{token_in(link)}.pdf"
    letter = desk.store.get(token_in(link), NOW)
    assert letter is not None and letter.text() == text.values["letter"]
    assert link.sources


def test_the_user_is_told_until_when_the_link_works_in_indian_time(task: LetterTask) -> None:
    assert task.finish(state("bank"), occasion("hi"))[0].values["until"] == "23 नवंबर 2026, 16:00"
    assert task.finish(state("bank"), occasion("hi-Latn"))[0].values["until"] == "23 November 2026, 16:00"


@pytest.mark.parametrize(
    ("chosen", "spoken", "written"),
    [
        (None, "hi", "सेवा में"),
        (None, "hi-Latn", "सेवा में"),
        (None, "en", "Dear"),
        ("en", "hi", "Dear"),
        ("hi", "en", "सेवा"),
    ],
)
def test_the_letter_is_in_the_language_chosen_else_in_that_of_the_talk(
    task: LetterTask, chosen: str | None, spoken: str, written: str
) -> None:
    told = {"letter_language": chosen} if chosen else {}
    assert written in task.finish(state("reasons", **told), occasion(spoken))[-1].values["letter"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_sms_has_the_link_and_nothing_else(task: LetterTask, language: str) -> None:
    (said,) = task.finish(state("ombudsman", **TOLD), occasion(language, "sms"))
    assert said.short is not None and said.values["link"] in said.short
    assert len(said.short) - len(said.values["link"]) < 40


@pytest.mark.parametrize("topic", TOPICS)
def test_on_the_phone_the_main_sentence_is_said_and_the_letter_offered(task: LetterTask, topic: str) -> None:
    """The link stands in brackets, which are not spoken; the gateway sends it by SMS."""
    said = task.finish(state(topic, **TOLD), occasion(channel="voice"))
    assert (said[0].response, said[-1].response) == (SPOKEN[topic], "utter_letter_spoken_link")
    assert re.search(r"/letters/[A-Za-z0-9_-]{43}\.pdf", said[-1].values["link"])
    for variant in RESPONSES[said[0].response]:
        assert not re.search(r"https?:|www|{|@|\.in\b", variant["text"])
    assert all("({link})" in variant["text"] for variant in RESPONSES[said[-1].response])


def test_on_the_phone_too_it_is_said_what_to_do_where_no_link_can_be_made() -> None:
    def down() -> Desk:
        raise ApplicationsUnavailable

    said = LetterTask(down).finish(state("bank", **TOLD), occasion(channel="voice"))
    assert [each.response for each in said] == [SPOKEN["bank"], "utter_letter_spoken_no_link"]


def test_without_a_database_the_words_are_there_all_the_same() -> None:
    def down() -> Desk:
        raise ApplicationsUnavailable

    sorry, text = LetterTask(down).finish(state("bank", **TOLD), occasion())
    assert sorry.response == "utter_letter_no_link"
    assert "ज्ञानवती" in text.values["letter"]


def minded(task: LetterTask, complained_on: date, reply: str | None = None) -> list[tuple[str, str]]:
    told = {"complained_on": complained_on} | ({"bank_reply": reply} if reply else {})
    said = task.finish(state("ombudsman", **told), occasion())
    return [(each.response, each.values["day"]) for each in said if "day" in each.values]


def test_too_early_for_the_ombudsman_is_said_until_the_thirtieth_day(task: LetterTask) -> None:
    assert minded(task, date(2026, 10, 23)) == [("utter_letter_too_early", "22 नवंबर 2026")]
    assert minded(task, date(2026, 10, 22)) == []
    assert minded(task, date(2026, 10, 23), "not_satisfied") == []


def test_too_late_for_the_ombudsman_is_said_after_ninety_days_more(task: LetterTask) -> None:
    assert minded(task, date(2026, 7, 25)) == []
    assert minded(task, date(2026, 7, 24)) == [("utter_letter_too_late", "21 नवंबर 2026")]


def everything_said(task: LetterTask) -> list[Said]:
    said = [*task.told(state("bank", refused_on=date(2030, 1, 1)), "refused_on", occasion())[1]]
    for topic in TOPICS:
        for channel in ("web", "voice"):
            said += task.finish(state(topic, complained_on=TODAY), occasion("en", channel))
    said += task.finish(state("ombudsman", complained_on=date(2026, 1, 1)), occasion())
    return [*said, Said("utter_letter_no_link"), Said("utter_letter_spoken_no_link")]


def test_every_sentence_exists_in_three_languages_and_its_gaps_are_filled(task: LetterTask) -> None:
    said = everything_said(task)
    assert {"utter_letter_begin", *(each.response for each in said)} == set(RESPONSES)
    for each in said:
        for variant in RESPONSES[each.response]:
            assert set(re.findall(r"{(\w+)}", variant["text"])) == set(each.values), each.response
        assert len(RESPONSES[each.response]) == len(LANGUAGES)


def test_a_state_that_came_back_from_the_tracker_makes_the_same_letter(task: LetterTask) -> None:
    from actions.dialogue.state import restore

    began = replace(state("ombudsman", **TOLD), refused=frozenset({"letter"}))
    assert restore(began.dump(), task.fields()) == began


@pytest.mark.parametrize(
    ("text", "topic"),
    [("please write a letter to bank asking why my loan was refused", "reasons"), ("बैंक को शिकायत की चिट्ठी", "bank"),
     ("bank se poochhne ki chitthi ki loan kyun mana kiya", "reasons"), ("लोकपाल को चिट्ठी बना दीजिए", "ombudsman"),
     ("write a complaint letter to the bank", "bank")],
)  # fmt: skip
def test_a_letter_that_asks_why_is_the_one_for_reasons(text: str, topic: str) -> None:
    assert LetterTask().topic(text, "") == topic
