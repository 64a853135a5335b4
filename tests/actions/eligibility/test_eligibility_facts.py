"""What a fact may be, and that a wrong one is named."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from actions.eligibility.errors import FactError
from actions.eligibility.expression import Expression
from actions.eligibility.fact_words import load_words
from actions.eligibility.facts import KINDS, Facts
from actions.eligibility.scheme import Scheme
from actions.eligibility.scheme_file import load


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("age", -1, "whole number from 0 to 120"),
        ("age", 121, "whole number from 0 to 120"),
        ("age", 17.5, "whole number"),
        ("age", "18", "whole number"),
        ("age", True, "whole number"),
        ("up_resident", "yes", "not yes or no"),
        ("up_resident", 1, "not yes or no"),
        ("category", "OBC", "not one of general, obc"),
        ("category", True, "not one of"),
        ("project_cost", 0, "whole number from 1"),
        ("project_cost", 10_000_000_001, "whole number from 1"),
        ("stall_cost", -1, "whole number from 0"),
        ("toolkit_date", "2024-11-21", "not a date"),
        ("toolkit_date", datetime(2024, 11, 21), "not a date"),
        ("spv_largest_share", 101, "from 0 to 100"),
        ("hat_size", 7, "no such fact"),
    ],
)
def test_a_wrong_value_is_refused_and_named(name: str, value: object, message: str) -> None:
    with pytest.raises(FactError, match=message) as caught:
        Facts.of({name: value})
    assert caught.value.fact == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("age", 0),
        ("age", 120),
        ("project_cost", 1),
        ("project_cost", 10_000_000_000),
        ("stall_cost", 0),
        ("spv_largest_share", 100),
    ],
)
def test_the_ends_of_a_range_belong_to_it(name: str, value: int) -> None:
    assert Facts.of({name: value}).value(name) == value


def test_an_unknown_name_is_refused_everywhere() -> None:
    for wrong in (
        lambda: Facts().value("hat_size"),
        lambda: Facts().told("hat_size", 7),
        lambda: Facts().refuse("hat_size"),
        lambda: Facts.of({}, refused=["hat_size"]),
        lambda: Facts.of({"refused": ["age"]}),
    ):
        with pytest.raises(FactError, match="no such fact"):
            wrong()


def test_the_day_of_a_kit_says_that_there_was_one() -> None:
    assert Facts(toolkit_date=date(2024, 1, 1)).toolkit_received is True
    with pytest.raises(FactError, match="toolkit_received is False"):
        Facts(toolkit_date=date(2024, 1, 1), toolkit_received=False)


def test_an_unpaid_loan_is_a_loan() -> None:
    assert Facts(central_loan_repaid=False).central_loan is True


def test_there_are_no_more_makers_than_members() -> None:
    assert Facts(spv_members=20, spv_makers=20).spv_makers == 20
    with pytest.raises(FactError, match="21 of 20"):
        Facts(spv_members=20, spv_makers=21)


def test_what_is_told_is_no_longer_refused_whichever_came_first() -> None:
    refused_first = Facts().refuse("age").told("age", 30)
    told_first = Facts().told("age", 30).refuse("age")
    assert refused_first == told_first == Facts(age=30)


def test_a_told_fact_can_be_corrected_and_taken_back() -> None:
    facts = Facts(age=30).told("age", 31)
    assert facts.age == 31
    assert facts.told("age", None) == Facts()


def _expressions(scheme: Scheme) -> list[Expression]:
    found = [c.when for c in scheme.conditions] + [d.when for d in scheme.documents]
    conflicts = [c.conflict for c in scheme.conditions] + list(scheme.conflicts)
    for line in scheme.benefit.lines:
        found += [line.when, *(o.when for o in line.options)]
        conflicts += [o.conflict for o in line.options]
    found += [n.when for n in scheme.benefit.notes]
    return [w for w in (*found, *(c.matters_when for c in conflicts if c)) if w]


def test_every_fact_is_used_and_none_more() -> None:
    schemes = load().values()
    used = {name for s in schemes for w in _expressions(s) for name in w.names()}
    used |= {line.of for s in schemes for line in s.benefit.lines if line.of}
    assert used == set(KINDS)


def test_every_fact_has_its_question_and_its_reason_in_three_languages() -> None:
    words = load_words()
    assert set(words) == set(KINDS)
    for fact in words.values():
        assert fact.question.en.endswith(("?", "."))
        assert all(text for _, text in (*fact.question.items(), *fact.why.items()))


def test_a_share_is_compared_exactly() -> None:
    assert Fraction("2/3") * 21 == 14
