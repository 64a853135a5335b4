"""Only the holder is told. Unknown and foreign numbers cannot be told apart, by words or by work."""

import contextlib
import logging
import threading
from collections.abc import Callable

import pytest
from application_tools import MOBILE, NUMBER, OTHER, UNKNOWN, Clock, Desk, GoneDirectory, record, statements
from sqlalchemy import Engine, event, text

from actions.applications.disclosure import Answer, Outcome
from actions.applications.engine import writing
from actions.applications.errors import ApplicationsUnavailable
from actions.applications.mobile import Mobile

SHOWN = Answer(Outcome.SHOWN, record().application)
REFUSED = Answer(Outcome.REFUSED)
SENT = Answer(Outcome.CODE_SENT)
SESSION = "web-session-1"


def work(desk: Desk, call: Callable[[], object]) -> tuple[list[str], list[str]]:
    """The statements and the secret work of a call."""
    desk.vault.work.clear()
    with statements(desk.engine) as heard:
        call()
    return heard, list(desk.vault.work)


@pytest.mark.parametrize("sender", ["5000000042", "+915000000042", "whatsapp:+915000000042"])
def test_the_verified_holder_is_shown_the_application(desk: Desk, sender: str) -> None:
    assert desk.disclosure.to_verified("odop mm 26 oo1234", sender) == SHOWN


@pytest.mark.parametrize("sender", [OTHER.international, "whatsapp:US.13491208655302741918", "", "5000000099"])
@pytest.mark.parametrize("written", [NUMBER, UNKNOWN, ""])
def test_anybody_else_gets_one_answer_for_every_number(desk: Desk, sender: str, written: str) -> None:
    assert desk.disclosure.to_verified(written, sender) == REFUSED


def test_a_foreign_and_an_unknown_number_cost_the_same_work(desk: Desk) -> None:
    foreign = work(desk, lambda: desk.disclosure.to_verified(NUMBER, OTHER.international))
    unknown = work(desk, lambda: desk.disclosure.to_verified(UNKNOWN, OTHER.international))
    assert foreign == unknown
    assert foreign[1].count("open") == 2


def test_a_verified_sender_has_their_own_applications_listed_without_a_number(desk: Desk) -> None:
    assert desk.disclosure.owned_by_verified(MOBILE.international) == (record().application,)
    assert desk.disclosure.owned_by_verified(OTHER.international) == ()
    assert desk.disclosure.owned_by_verified("whatsapp:US.1") == ()
    assert desk.outcomes() == ["listed_1", "listed_0", "listed_0"]


def test_the_code_goes_to_the_registered_mobile_and_opens_the_application(desk: Desk) -> None:
    assert desk.disclosure.ask_code(NUMBER, SESSION, "hi") == SENT
    assert [mobile for mobile, _ in desk.sender.sent] == [MOBILE]
    assert desk.disclosure.give_code(NUMBER, SESSION, f"code {desk.code()} hai") == SHOWN


@pytest.mark.parametrize(("language", "word"), [("hi", "कोड"), ("hi-Latn", "batayein"), ("en", "Tell it to nobody")])
def test_the_message_with_the_code_is_in_the_language_of_the_talk(desk: Desk, language: str, word: str) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, language)
    assert word in desk.sender.sent[0][1]


def test_an_unknown_number_gets_the_same_answer_and_nobody_a_message(desk: Desk) -> None:
    assert desk.disclosure.ask_code(UNKNOWN, SESSION, "en") == SENT
    assert desk.sender.sent == []


def test_asking_for_a_code_costs_the_same_work_for_every_number(desk: Desk) -> None:
    known = work(desk, lambda: desk.disclosure.ask_code(NUMBER, SESSION, "hi"))
    unknown = work(desk, lambda: desk.disclosure.ask_code(UNKNOWN, SESSION, "hi"))
    assert known == unknown


def test_a_wrong_code_gets_the_same_answers_by_the_same_work_for_every_number(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, "one", "hi")
    desk.disclosure.ask_code(UNKNOWN, "two", "hi")
    for left in (4, 3, 2, 1, 0):
        answers: list[Answer] = []
        known = work(desk, lambda a=answers: a.append(desk.disclosure.give_code(NUMBER, "one", desk.wrong_code())))
        unknown = work(desk, lambda a=answers: a.append(desk.disclosure.give_code(UNKNOWN, "two", desk.code())))
        assert known == unknown
        assert answers[0] == answers[1]
        assert answers[0].tries_left == left


def test_a_slow_provider_of_messages_is_not_waited_for(desk: Desk) -> None:
    waiting, sent = threading.Event(), threading.Event()

    class Slow:
        def send(self, mobile: Mobile, text: str) -> None:
            waiting.wait(5)
            sent.set()

    disclosure = desk.over(desk.store, aside=lambda call: threading.Thread(target=call).start())
    object.__setattr__(disclosure, "sender", Slow())
    assert disclosure.ask_code(NUMBER, SESSION, "hi") == SENT
    assert not sent.is_set()
    waiting.set()
    assert sent.wait(5)


def test_five_wrong_tries_spend_the_code(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    outcomes = [desk.disclosure.give_code(NUMBER, SESSION, desk.wrong_code()).outcome for _ in range(5)]
    assert outcomes == [Outcome.CODE_WRONG] * 4 + [Outcome.CODE_SPENT]
    assert desk.disclosure.give_code(NUMBER, SESSION, desk.code()) == Answer(Outcome.CODE_SPENT)


def test_the_fifth_try_may_still_be_right(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    for _ in range(4):
        desk.disclosure.give_code(NUMBER, SESSION, desk.wrong_code())
    assert desk.disclosure.give_code(NUMBER, SESSION, desk.code()) == SHOWN


def test_what_is_no_code_counts_as_no_try(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    for words in ("kaunsa code", "12345", "mera number 1234567", ""):
        assert desk.disclosure.give_code(NUMBER, SESSION, words) == Answer(Outcome.NOT_A_CODE)
    assert desk.disclosure.give_code(NUMBER, SESSION, desk.wrong_code()).tries_left == 4


def test_a_code_holds_for_less_than_ten_minutes(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    desk.clock.forward(minutes=9, seconds=59)
    assert desk.disclosure.give_code(NUMBER, SESSION, desk.code()) == SHOWN


def test_after_ten_minutes_it_is_expired_even_if_right(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    desk.clock.forward(minutes=10)
    assert desk.disclosure.give_code(NUMBER, SESSION, desk.code()) == Answer(Outcome.CODE_EXPIRED)


def test_a_code_opens_once(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    desk.disclosure.give_code(NUMBER, SESSION, desk.code())
    assert desk.disclosure.give_code(NUMBER, SESSION, desk.code()) == Answer(Outcome.CODE_SPENT)


def test_a_wrong_code_after_the_right_one_finds_it_spent(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    desk.disclosure.give_code(NUMBER, SESSION, desk.code())
    assert desk.disclosure.give_code(NUMBER, SESSION, desk.wrong_code()) == Answer(Outcome.CODE_SPENT)


def test_for_an_unknown_number_no_code_is_right_not_even_the_one_that_was_drawn(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.applications.disclosure.secrets.randbelow", lambda _: 123456)
    desk.disclosure.ask_code(UNKNOWN, "unknown", "hi")
    desk.disclosure.ask_code(NUMBER, "known", "hi")
    assert desk.disclosure.give_code(UNKNOWN, "unknown", "123456") == Answer(Outcome.CODE_WRONG, tries_left=4)
    assert desk.disclosure.give_code(NUMBER, "known", "123456") == SHOWN


def test_only_the_newest_code_holds(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    first = desk.code()
    desk.clock.forward(minutes=1)
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    if first != desk.code():
        assert desk.disclosure.give_code(NUMBER, SESSION, first).outcome == Outcome.CODE_WRONG
    assert desk.disclosure.give_code(NUMBER, SESSION, desk.code()) == SHOWN


def test_a_code_holds_only_in_the_session_and_for_the_number_it_was_asked_for(desk: Desk) -> None:
    desk.store.put([record("ODOP/MM/26/000002", OTHER)])
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    assert desk.disclosure.give_code(NUMBER, "another", desk.code()) == Answer(Outcome.NO_CODE)
    assert desk.disclosure.give_code("ODOP/MM/26/000002", SESSION, desk.code()) == Answer(Outcome.NO_CODE)


@pytest.mark.parametrize("written", [NUMBER, UNKNOWN])
def test_a_number_has_three_codes_an_hour_from_whatever_sessions(desk: Desk, written: str) -> None:
    answers = [desk.disclosure.ask_code(written, f"session {i}", "hi") for i in range(4)]
    assert answers == [SENT] * 3 + [Answer(Outcome.TOO_MANY_CODES)]
    assert len(desk.sender.sent) == (3 if written == NUMBER else 0)
    desk.clock.forward(hours=1, seconds=1)
    assert desk.disclosure.ask_code(written, SESSION, "hi") == SENT


def test_a_session_has_three_codes_an_hour_for_whatever_numbers(desk: Desk) -> None:
    asked = [f"ODOP/MM/26/{i:06}" for i in range(3)] + [NUMBER]
    answers = [desk.disclosure.ask_code(written, SESSION, "hi") for written in asked]
    assert answers == [SENT] * 3 + [Answer(Outcome.TOO_MANY_CODES)]
    assert desk.disclosure.ask_code(NUMBER, "another", "hi") == SENT


def test_another_way_of_writing_the_number_does_not_get_around_the_limit(desk: Desk) -> None:
    ways = (NUMBER, "odop mm 26 001234", "MM26001234", "0D0PMM26OO1234")
    answers = [desk.disclosure.ask_code(way, f"session {i}", "hi").outcome for i, way in enumerate(ways)]
    assert answers[-1] == Outcome.TOO_MANY_CODES


def together(count: int, call: Callable[[int], object]) -> None:
    threads = [threading.Thread(target=call, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_many_asking_at_once_get_no_more_codes_than_one(desk: Desk) -> None:
    answers: list[Outcome] = []
    together(8, lambda i: answers.append(desk.disclosure.ask_code(NUMBER, f"session {i}", "hi").outcome))
    assert answers.count(Outcome.CODE_SENT) == 3


def test_two_who_counted_at_the_same_moment_do_not_both_get_the_last_code(desk: Desk) -> None:
    for i in range(2):
        desk.disclosure.ask_code(NUMBER, f"session {i}", "hi")
    both = threading.Barrier(2)

    def wait_for_the_other(_: object, __: object, statement: str, *rest: object) -> None:
        if "count(*)" in statement and "session_hash =" in statement:
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(0.3)

    answers: list[Outcome] = []
    event.listen(desk.engine, "after_cursor_execute", wait_for_the_other)
    together(2, lambda i: answers.append(desk.disclosure.ask_code(NUMBER, f"another {i}", "hi").outcome))
    event.remove(desk.engine, "after_cursor_execute", wait_for_the_other)
    assert sorted(answers) == [Outcome.CODE_SENT, Outcome.TOO_MANY_CODES]


def test_many_guessing_at_once_have_no_more_tries_than_one(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    wrong, answers = desk.wrong_code(), list[Answer]()
    together(10, lambda _: answers.append(desk.disclosure.give_code(NUMBER, SESSION, wrong)))
    assert sorted(a.tries_left for a in answers if a.tries_left is not None) == [0, 1, 2, 3, 4]


def test_many_giving_the_right_code_at_once_open_once(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    answers: list[Answer] = []
    together(5, lambda _: answers.append(desk.disclosure.give_code(NUMBER, SESSION, desk.code())))
    assert answers.count(SHOWN) == 1


def test_every_look_up_is_audited_with_its_true_outcome(desk: Desk) -> None:
    desk.disclosure.to_verified(NUMBER, MOBILE.international)
    desk.disclosure.to_verified(NUMBER, OTHER.international)
    desk.disclosure.to_verified(UNKNOWN, OTHER.international)
    desk.disclosure.give_code(NUMBER, SESSION, "123456")
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    desk.disclosure.ask_code(UNKNOWN, SESSION, "hi")
    desk.disclosure.give_code(NUMBER, SESSION, desk.wrong_code())
    desk.disclosure.give_code(NUMBER, SESSION, desk.code())
    noted = desk.records.lookups()
    assert [f"{n.way}: {n.outcome}" for n in noted] == [
        "verified: shown",
        "verified: refused_foreign",
        "verified: refused_unknown",
        "code_given: no_code",
        "code_asked: code_sent",
        "code_asked: code_sent_unknown",
        "code_given: code_wrong",
        "code_given: shown",
    ]
    assert {n.at for n in noted} == {desk.clock.now}
    assert noted[0].number_hash == noted[1].number_hash != noted[2].number_hash
    assert noted[0].contact_hash != noted[1].contact_hash == noted[2].contact_hash


def test_one_person_is_one_contact_in_the_audit_on_whatsapp_and_sms(desk: Desk) -> None:
    desk.disclosure.to_verified(NUMBER, "whatsapp:+915000000042")
    desk.disclosure.to_verified(NUMBER, "+915000000042")
    assert len({n.contact_hash for n in desk.records.lookups()}) == 1


def test_nothing_is_shown_when_the_audit_cannot_be_written(desk: Desk) -> None:
    with writing(desk.engine) as connection:
        connection.execute(text("DROP TABLE application_lookups"))
    with pytest.raises(ApplicationsUnavailable):
        desk.disclosure.to_verified(NUMBER, MOBILE.international)


@pytest.mark.parametrize("call", ["to_verified", "owned_by_verified", "ask_code"])
def test_an_outage_of_the_departments_system_is_raised_and_audited(desk: Desk, call: str) -> None:
    disclosure = desk.over(GoneDirectory())
    asks: dict[str, Callable[[], object]] = {
        "to_verified": lambda: disclosure.to_verified(NUMBER, MOBILE.international),
        "owned_by_verified": lambda: disclosure.owned_by_verified(MOBILE.international),
        "ask_code": lambda: disclosure.ask_code(NUMBER, SESSION, "hi"),
    }
    with pytest.raises(ApplicationsUnavailable):
        asks[call]()
    assert desk.outcomes() == ["unavailable"]
    assert desk.sender.sent == []


def test_an_outage_while_the_code_is_given_leaves_the_code_unused(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    with pytest.raises(ApplicationsUnavailable):
        desk.over(GoneDirectory()).give_code(NUMBER, SESSION, desk.code())
    assert desk.disclosure.give_code(NUMBER, SESSION, desk.code()) == SHOWN


def test_an_application_removed_meanwhile_is_refused(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    with writing(desk.engine) as connection:
        connection.execute(text("DELETE FROM applications"))
    assert desk.disclosure.give_code(NUMBER, SESSION, desk.code()) == REFUSED


def test_a_message_that_cannot_be_sent_changes_no_answer_and_is_audited(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        def send(self, mobile: Mobile, text: str) -> None:
            raise RuntimeError(f"cannot reach {mobile.digits}")

    disclosure = desk.over(desk.store)
    object.__setattr__(disclosure, "sender", Broken())
    assert disclosure.ask_code(NUMBER, SESSION, "hi") == SENT
    assert desk.outcomes() == ["code_sent", "send_failed"]
    assert "could not be sent: RuntimeError" in caplog.text
    assert MOBILE.digits not in caplog.text


def test_nothing_personal_is_logged_or_stored_in_clear(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    desk.disclosure.to_verified(NUMBER, MOBILE.international)
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    desk.disclosure.give_code(NUMBER, SESSION, desk.code())
    with writing(desk.engine) as connection:
        rows = [
            str(tuple(row))
            for table in ("applications", "application_stages", "application_codes", "application_lookups")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    for clear in (MOBILE.digits, NUMBER, SESSION, desk.code()):
        assert not [row for row in rows if f"{clear}'" in row or f"'{clear}" in row]
    assert not [row for row in rows if MOBILE.digits in row]
    assert MOBILE.digits not in caplog.text
    assert NUMBER not in caplog.text
    assert MOBILE.digits not in repr(desk.store.find(NUMBER))


def test_codes_differ_and_are_hashed_apart_though_alike(engine: Engine) -> None:
    desk = Desk(engine)
    codes = set()
    for i in range(30):
        desk.disclosure.ask_code(NUMBER, f"session {i}", "hi")
        codes.add(desk.code())
        desk.clock.forward(hours=1, seconds=1)
    assert len(codes) > 25
    one, other = (desk.vault.hash("code", code_id, "123456") for code_id in ("a", "b"))
    assert one != other


def test_old_codes_and_look_ups_are_forgotten_and_new_ones_kept(desk: Desk) -> None:
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    desk.clock.forward(days=400)
    desk.disclosure.ask_code(NUMBER, SESSION, "hi")
    border = Clock(desk.clock.now)
    border.forward(days=-1)
    assert desk.records.forget(border.now, border.now) == (1, 1)
    assert desk.outcomes() == ["code_sent"]
    assert desk.disclosure.give_code(NUMBER, SESSION, desk.code()) == SHOWN
