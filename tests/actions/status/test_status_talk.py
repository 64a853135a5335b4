"""The dialogue from its first question to its end, over a real store."""

import logging
from dataclasses import replace
from datetime import date

import pytest
from application_tools import MOBILE, NUMBER, OTHER, UNKNOWN, Desk, GoneDirectory, record
from status_talk import LANGUAGES, Talk

from actions.applications import stages
from actions.applications.disclosure import Disclosure
from actions.applications.errors import ApplicationsUnavailable
from actions.applications.mobile import Mobile
from actions.applications.sender import NoSender
from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.dialogue.task import Occasion
from actions.status import readings
from actions.status.task import StatusTask


def with_code(talk: Talk, number: str = NUMBER) -> Talk:
    """On the web, up to the code."""
    talk.start().say(number)
    assert talk.asked == "code"
    return talk


# --- who is vouched for


def test_the_only_application_of_a_verified_sender_is_shown_at_once(talk: Talk) -> None:
    talk.sender = MOBILE.international
    talk.start()
    assert talk.asked is None
    assert talk.last.outcome == "status_given"
    assert "Application submitted, since 1 September 2026" in talk.text.split(". ")[0]


def test_a_verified_sender_with_several_chooses_by_scheme_and_date(desk: Desk, talk: Talk) -> None:
    desk.store.put([record("ODOP/MM/26/004321", MOBILE, "applied", "forwarded_bank")])
    talk.sender = MOBILE.international
    talk.start()
    assert talk.asked == "which"
    assert [b.title for b in talk.last.buttons] == ["Loan, 1 Sep 2026", "Loan, 1 Sep 2026"]
    assert talk.payloads == ["1", "2"]
    talk.say("2")
    assert talk.last.outcome == "status_given"
    assert "Forwarded to the bank" in talk.text
    assert talk.asked is None


@pytest.mark.parametrize(
    "words", ["2", "२", "2.", "dusra wala", "do number wala", "दूसरा", "the second one", "number 2"]
)
def test_the_second_of_a_list_is_named_in_many_ways(desk: Desk, talk: Talk, words: str) -> None:
    desk.store.put([record("ODOP/MM/26/004321", MOBILE, "applied", "forwarded_bank")])
    talk.sender = MOBILE.international
    assert "Forwarded to the bank" in talk.start().say(words).text


@pytest.mark.parametrize("words", ["dikha do", "mujhe ek baat batao pehle please", "pehla ya dusra"])
def test_what_names_no_single_place_chooses_nothing(desk: Desk, talk: Talk, words: str) -> None:
    desk.store.put([record("ODOP/MM/26/004321", MOBILE)])
    talk.sender = MOBILE.international
    assert talk.start().say(words).said == []
    assert talk.asked == "which"


def test_a_place_beyond_the_list_offers_the_list_again(desk: Desk, talk: Talk) -> None:
    desk.store.put([record("ODOP/MM/26/004321", MOBILE)])
    talk.sender = MOBILE.international
    talk.start().say("7")
    assert talk.asked == "which"
    assert talk.payloads == ["1", "2"]


def test_a_number_instead_of_a_place_is_taken_too(desk: Desk, talk: Talk) -> None:
    desk.store.put([record("ODOP/MM/26/004321", MOBILE, "applied", "forwarded_bank")])
    talk.sender = MOBILE.international
    assert "Forwarded to the bank" in talk.start().say("ODOP/MM/26/004321").text
    assert talk.asked is None


def test_whoever_has_none_is_asked_and_refused_alike_for_a_foreign_and_an_unknown_number(
    desk: Desk, talk: Talk
) -> None:
    def ending(number: str) -> tuple[list[Said], object]:
        other = Talk(talk.disclosure, sender=OTHER.international).start()
        assert other.asked == "number"
        other.say(number)
        return other.said, other.state

    assert ending(NUMBER) == ending(UNKNOWN)
    said, _ = ending(UNKNOWN)
    assert said[-1].outcome == "status_refused"
    assert desk.outcomes()[-3] == "refused_unknown"


# --- with a code


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_web_number_and_code_lead_to_the_status(desk: Desk, talk: Talk, language: str) -> None:
    talk.language = language
    with_code(talk)
    assert "10" in talk.text
    assert talk.last.outcome == "question_asked"
    talk.say(f"code {desk.code()}")
    assert talk.last.outcome == "status_given"
    assert talk.asked is None
    assert talk.state.told == {}


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("odop mm chhabbis zero zero ek do teen char", "{}"),
        ("ओडीओपी एमएम छब्बीस शून्य शून्य एक दो तीन चार", "{}"),
        ("my number is O D O P M M two six double zero one two three four", "{}"),
    ],
)
def test_a_number_may_be_spoken(desk: Desk, talk: Talk, number: str, code: str) -> None:
    with_code(talk, number).say(" ".join(desk.code()))
    assert talk.last.outcome == "status_given"


def test_up_to_the_code_a_number_that_is_unknown_is_answered_like_one_that_exists(talk: Talk) -> None:
    known, unknown = (
        with_code(Talk(talk.disclosure, session="a")),
        with_code(Talk(talk.disclosure, session="b"), UNKNOWN),
    )
    assert known.said == unknown.said
    assert known.say("000001").said == unknown.say("000001").said


def test_five_wrong_codes_count_down_and_end_with_a_way_on(desk: Desk, talk: Talk) -> None:
    with_code(talk)
    for left in (4, 3, 2, 1):
        talk.say(desk.wrong_code())
        assert f"Tries left: {left}" in talk.text
        assert talk.asked == "code"
        assert "code" not in talk.state.told
    talk.say(desk.wrong_code())
    assert (talk.asked, talk.last.outcome) == (None, "status_refused")
    assert "1800-1800-888" in talk.text
    assert "person:" in talk.payloads
    assert talk.state.told == {}


def test_after_ten_minutes_another_code_is_offered_and_opens(desk: Desk, talk: Talk) -> None:
    with_code(talk)
    desk.clock.forward(minutes=10)
    assert "new code" in talk.say(desk.code()).text
    assert talk.asked == "code"
    assert "on its way" in talk.say("new code").text
    assert talk.say(desk.code()).last.outcome == "status_given"


@pytest.mark.parametrize("words", ["naya code", "नया कोड भेजो", "otp nahi aaya", "code didn't come, send again"])
def test_another_code_is_asked_for_in_many_words(desk: Desk, talk: Talk, words: str) -> None:
    with_code(talk).say(words)
    assert len(desk.sender.sent) == 2


def test_a_fourth_code_within_the_hour_is_refused_with_a_way_on(talk: Talk) -> None:
    with_code(talk).say("new code").say("new code").say("new code")
    assert (talk.asked, talk.last.outcome) == (None, "status_refused")
    assert "in an hour" in talk.text
    assert "1800-1800-888" in talk.text


@pytest.mark.parametrize("text", ["12345", "1234567", "mera code 45 hai 678"])
def test_what_is_no_code_gets_a_hint_and_costs_no_try(desk: Desk, talk: Talk, text: str) -> None:
    with_code(talk).say(text)
    assert talk.said[0].response == "utter_status_not_a_code"
    assert "Tries left: 4" in talk.say(desk.wrong_code()).text


def test_an_application_number_is_not_taken_for_a_code(talk: Talk) -> None:
    assert with_code(talk).say("ODOP MM 26 001234").said == []


def test_a_number_corrected_while_the_code_is_awaited_gets_a_code_of_its_own(desk: Desk, talk: Talk) -> None:
    with_code(talk, UNKNOWN)
    talk._take(*talk.task.told(talk.state.tell("number", NUMBER), "number", talk.occasion))
    assert talk.say(desk.code()).last.outcome == "status_given"


def test_whoever_cannot_give_the_code_is_told_where_to_go(talk: Talk) -> None:
    with_code(talk).refuse()
    assert talk.last.outcome == "status_refused"
    assert "1800-1800-888" in talk.text


def test_without_a_way_to_send_codes_it_says_so_before_it_asks_anything(desk: Desk) -> None:
    talk = Talk(lambda: replace(desk.disclosure, sender=NoSender())).start()
    assert (talk.asked, talk.last.outcome) == (None, "unavailable")
    assert "cannot be sent yet" in talk.text
    assert "1800-1800-888" in talk.text


# --- without a number, with another number


def test_whoever_has_no_number_is_told_where_it_stands(talk: Talk) -> None:
    talk.start().refuse()
    assert "printout of your form" in talk.text
    assert talk.payloads == ["entry:application-number-lost", "person:"]
    assert talk.asked is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("9876543210", "looks like a mobile number"),
        ("2345 6789 0124", "looks like an Aadhaar number"),
        ("UDYAM-UP-50-0012345", "Udyam registration number"),
        ("ODOP 12", None),
        ("12345", "does not look complete"),
        ("kahan milegi", None),
    ],
)
def test_another_number_is_named_and_the_question_stays(talk: Talk, text: str, hint: str | None) -> None:
    talk.start().say(text)
    assert talk.text == "" if hint is None else hint in talk.text
    assert talk.asked == "number"
    assert talk.state.told == {}


# --- when the record does not answer


@pytest.mark.parametrize("sender", [None, MOBILE.international])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_outage_ends_with_a_sentence_and_a_way_on(desk: Desk, sender: str | None, language: str) -> None:
    talk = Talk(lambda: desk.over(GoneDirectory()), language, sender).start()
    if sender is None:
        talk.say(NUMBER)
    assert (talk.asked, talk.last.outcome) == (None, "unavailable")
    assert "1800-1800-888" in talk.text
    assert talk.payloads == ["task:status", "person:"]
    assert talk.state.told == {}


def test_a_database_that_cannot_be_opened_is_an_outage_too_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def closed() -> Disclosure:
        raise ApplicationsUnavailable("down")

    talk = Talk(closed).start()
    assert (talk.asked, talk.last.outcome) == (None, "unavailable")
    assert "cannot be looked up: down" in caplog.text


def test_an_outage_while_the_code_is_checked_keeps_and_logs_neither_number_nor_code(
    desk: Desk, talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    with_code(talk)
    code = desk.code()
    talk.disclosure = talk.task._disclosure = lambda: desk.over(GoneDirectory())
    with caplog.at_level(logging.DEBUG):
        talk.say(code)
    assert talk.last.outcome == "unavailable"
    assert talk.state.told == {}
    assert code not in caplog.text
    assert "001234" not in caplog.text


def test_the_end_may_be_asked_for_at_any_time(talk: Talk) -> None:
    assert talk.task.finish(talk.state, talk.occasion)
    assert talk.task.next(talk.state.refuse("which").refuse("number"), date(2026, 11, 20)) is None


def test_the_owner_of_another_mobile_never_sees_it_on_a_list(desk: Desk, talk: Talk) -> None:
    desk.store.put([record("ODOP/MM/26/004321", Mobile("5000000078"), "bank_rejected")])
    talk.sender = MOBILE.international
    assert "Refused" not in talk.start().text


@pytest.mark.parametrize("text", ["वो मोबाइल अब मेरे पास नहीं है", "woh mobile kho gaya hai", "I lost that mobile"])
def test_whoever_has_lost_the_mobile_hears_another_way_and_may_still_give_the_code(text: str) -> None:
    said = readings.read_code(text)
    assert isinstance(said, Said)
    assert said.response == "utter_status_without_code"
    assert said.outcome == "question_asked"


@pytest.mark.parametrize("text", ["O D O P M D two six zero zero", "ODOP/MM/26/00", "ओडीओपी एमएम छब्बीस शून्य"])
def test_a_number_cut_short_is_said_to_be_incomplete(text: str) -> None:
    said = readings.read_number(text)
    assert isinstance(said, Said)
    assert said.response == "utter_number_incomplete"


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_the_stage_shown_the_step_is_said_again_and_no_number_is_kept(language: str) -> None:
    task = StatusTask(lambda: pytest.fail("nothing is looked up"))
    state = task.forget(State("status", "margin_money.objection", {"number": "ODOPMM26000004"}))
    assert dict(state.told) == {}
    (said,) = task.next_step(state, Occasion(date(2026, 11, 20), language, "web", "s"))
    assert explained(language) in said.values["question"]


def explained(language: str) -> str:
    day = date(2026, 11, 20)
    return stages.load().explain("margin_money", "objection", day, language, day).do_now
