"""Every case of `cases/*.yml` gets the verdict it names."""

import pytest
from eligibility_cases import Case, differences, read_cases

from actions.eligibility import load

CASES = read_cases()


def test_there_are_more_than_two_hundred_cases_each_with_a_sentence_of_its_own() -> None:
    names = [(c.scheme, c.name) for c in CASES]
    assert len(names) >= 200
    assert len(set(names)) == len(names)
    assert all(len(name.split()) >= 4 for _, name in names)


def test_every_scheme_has_cases_of_each_verdict() -> None:
    schemes = load()
    assert {c.scheme for c in CASES} == set(schemes)
    for scheme in schemes:
        states = {c.expected.get("state") for c in CASES if c.scheme == scheme}
        assert {"eligible", "not_eligible", "need_more"} <= states, scheme


def test_every_condition_is_met_in_some_case_and_unmet_in_another() -> None:
    for scheme in load().values():
        mine = [c.expected for c in CASES if c.scheme == scheme.id]
        unmet = {name for expected in mine for name in expected.get("unmet", [])}
        assert {c.id for c in scheme.conditions} == unmet, scheme.id
        assert any(expected.get("state") == "eligible" for expected in mine)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.scheme}: {c.name}")
def test_case(case: Case) -> None:
    assert not list(differences(case, load()[case.scheme]))
