"""Three-valued logic, written out in full."""

from datetime import date

import pytest

from actions.eligibility.calendar_days import month_end, years_later
from actions.eligibility.expression import All, Expression, Not, Truth, any_of, holds_from
from actions.eligibility.expression_file import parse
from actions.eligibility.facts import Facts

ON = date(2026, 11, 21)
THREE: tuple[Truth, ...] = (True, False, None)


def _facts(first: Truth, second: Truth) -> Facts:
    return Facts(woman=first, disabled=second)


A: Expression = parse({"fact": "woman", "is": True})
B: Expression = parse({"fact": "disabled", "is": True})


@pytest.mark.parametrize("first", THREE)
@pytest.mark.parametrize("second", THREE)
def test_and_or_not(first: Truth, second: Truth) -> None:
    facts = _facts(first, second)
    both = False if False in (first, second) else None if None in (first, second) else True
    either = True if True in (first, second) else None if None in (first, second) else False
    assert All((A, B)).truth(facts, ON) is both
    assert any_of((A, B)).truth(facts, ON) is either
    assert Not(A).truth(facts, ON) is (None if first is None else not first)


def test_what_no_longer_matters_is_not_open() -> None:
    assert any_of((A, B)).open(_facts(True, None), ON) == set()
    assert any_of((A, B)).open(_facts(False, None), ON) == {"disabled"}
    assert All((A, B)).open(_facts(None, None), ON) == {"woman", "disabled"}


def test_reach_tells_what_a_question_could_bring() -> None:
    both, woman = frozenset({"woman", "disabled"}), frozenset({"woman"})
    assert any_of((A, B)).reach(Facts(), ON, both) == {True, False}
    assert any_of((A, B)).reach(Facts(), ON, woman) == {True}
    assert All((A, B)).reach(Facts(), ON, woman) == {False}
    assert All((A, B)).reach(Facts(), ON, frozenset()) == set()


def test_a_dated_condition_holds_on_its_first_and_last_day() -> None:
    open_days = parse({"date": {"from": date(2025, 1, 1), "until": date(2025, 3, 31)}})
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 3, 31), date(2025, 4, 1)]
    assert [open_days.truth(Facts(), day) for day in days] == [False, True, True, False]
    assert holds_from(open_days, Facts(), date(2024, 6, 1)) == date(2025, 1, 1)
    assert holds_from(open_days, Facts(), date(2025, 4, 1)) is None


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2024, 11, 21), 2, date(2026, 11, 21)),
        (date(2024, 2, 29), 2, date(2026, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
    ],
)
def test_years_later(day: date, years: int, later: date) -> None:
    assert years_later(day, years) == later


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 1, 31), date(2026, 1, 31)),
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2026, 2, 28), date(2026, 2, 28)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_month_end(day: date, end: date) -> None:
    assert month_end(day) == end
