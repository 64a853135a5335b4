"""What holds of every person and every day."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from actions.dialogue.state import State
from actions.dialogue.task import Occasion
from actions.rejection.advice import STEPS, advise
from actions.rejection.case import case_of
from actions.rejection.fields import KINDS, REASONS
from actions.rejection.questions import next_field
from actions.rejection.task import RejectionTask
from actions.rejection.window import SCHEME_BEGAN

TODAYS = st.dates(SCHEME_BEGAN, date(2028, 12, 31))
MAYBE = st.none() | st.booleans()


@st.composite
def stories(draw: st.DrawFn) -> tuple[date, dict[str, Any]]:
    """A day, and what a person who does not contradict himself may have told by then."""
    today = draw(TODAYS)
    names = ("forwarded", "ombudsman", "court", "reason_written")
    told: dict[str, Any] = {name: draw(MAYBE) for name in names}
    told["reason"] = draw(st.none() | st.sampled_from([r for r in REASONS if r != "not_told"]))
    told["complained"] = False if told["forwarded"] is False else draw(MAYBE)
    if told["complained"]:
        told["complained_on"] = draw(st.none() | st.dates(today - timedelta(days=400), today))
        told["bank_replied"] = draw(MAYBE)
        if told["bank_replied"]:
            earliest = told["complained_on"] or today - timedelta(days=400)
            told["replied_on"] = draw(st.none() | st.dates(earliest, today))
    return today, {name: value for name, value in told.items() if value is not None}


def state_of(told: dict[str, Any], today: date) -> State:
    state, occasion = State("rejection"), Occasion(today, "en", "web", "session")
    for name, value in told.items():
        state, said = RejectionTask().told(state.tell(name, value), name, occasion)
        assert not said
    return state


@given(stories())
def test_there_is_always_a_next_step_and_it_is_said(story: tuple[date, dict[str, Any]]) -> None:
    today, told = story
    assert advise(case_of(told, today), today).step in STEPS
    said = RejectionTask().finish(state_of(told, today), Occasion(today, "hi", "sms", "session"))
    assert said[0].buttons and said[0].sources and said[0].outcome == "verdict_given"


@given(TODAYS, st.dictionaries(st.sampled_from(sorted(KINDS)), st.booleans() | st.dates() | st.sampled_from(REASONS)))
def test_even_a_state_that_cannot_be_has_a_next_step(today: date, wild: dict[str, Any]) -> None:
    told = {name: value for name, value in wild.items() if KINDS[name].fault(value) is None}
    assert RejectionTask().finish(State("rejection", told=told), Occasion(today, "hi", "web", "session"))


@given(stories())
def test_no_day_asked_for_lies_in_the_past(story: tuple[date, dict[str, Any]]) -> None:
    today, told = story
    advice = advise(case_of(told, today), today)
    ahead = [day for day in (advice.bank_until, advice.opens) if day]
    late = advice.step in ("late", "late_old")
    assert all(day >= today for day in ahead)
    assert advice.closes is None or (advice.closes < today if late else advice.closes >= today)
    assert not (advice.opens and advice.closes) or advice.opens < advice.closes


@given(stories(), st.randoms())
def test_the_order_of_telling_does_not_matter(story: tuple[date, dict[str, Any]], random: Any) -> None:
    today, told = story
    shuffled = list(told.items())
    random.shuffle(shuffled)
    first, second = state_of(told, today), state_of(dict(shuffled), today)
    assert advise(case_of(first.told, today), today) == advise(case_of(second.told, today), today)
    assert next_field(first, today) == next_field(second, today)


@given(stories())
def test_what_is_not_asked_any_more_cannot_change_the_step(story: tuple[date, dict[str, Any]]) -> None:
    """The one who has told only what was asked gets the same step as the one who told everything."""
    today, told = story
    state = State("rejection")
    while name := next_field(state, today):
        state = state.tell(name, told[name]) if name in told else state.refuse(name)
    asked = case_of(state.told, today)
    whole = case_of({k: v for k, v in told.items() if k in state.told or k not in ("ombudsman", "court")}, today)
    assert advise(asked, today) == advise(whole, today)


@given(st.dates(SCHEME_BEGAN, date(2028, 1, 1)), st.integers(0, 200), st.integers(0, 200))
def test_as_days_pass_a_silent_bank_leads_from_waiting_to_the_ombudsman_to_too_late(
    given_on: date, earlier: int, later: int
) -> None:
    order = ["wait", "ombudsman", "late"]
    told = {"complained_on": given_on, "bank_replied": False}
    days = [given_on + timedelta(days=n) for n in sorted((earlier, later))]
    steps = [order.index(advise(case_of(told, day), day).step) for day in days]
    assert steps == sorted(steps)


@given(stories())
def test_knowing_a_day_never_shortens_the_time_that_was_promised(story: tuple[date, dict[str, Any]]) -> None:
    today, told = story
    known = advise(case_of(told, today), today)
    for name in ("complained_on", "replied_on"):
        unsure = advise(case_of({**told, "complained": told.get("complained"), name: None}, today), today)
        if unsure.step == "ombudsman" and known.step == "ombudsman" and unsure.closes and known.closes:
            assert unsure.closes <= known.closes
