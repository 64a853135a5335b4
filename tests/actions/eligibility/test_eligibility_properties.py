"""What holds for all facts, all schemes and all days."""

from datetime import date
from random import Random

import pytest
from facts_at_random import DAYS, valid_facts, values
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from actions.eligibility import Facts, compare, decide, load
from actions.eligibility.errors import FactError
from actions.eligibility.facts import KINDS
from actions.eligibility.scheme import Scheme

SCHEMES = st.sampled_from(sorted(load().values(), key=lambda s: s.id))
settings.register_profile("eligibility", deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
settings.load_profile("eligibility")


@given(valid_facts(), SCHEMES, DAYS)
def test_any_valid_facts_get_a_verdict_with_reasons_and_sources(facts: Facts, scheme: Scheme, on: date) -> None:
    verdict = decide(facts, scheme, on)
    assert verdict.reasons
    assert all(reason.sources for reason in verdict.reasons)
    truths = {reason.truth for reason in verdict.reasons}
    assert (verdict.state == "not_eligible") == (False in truths)
    assert (verdict.state == "eligible") == (truths == {True})


@given(valid_facts(), st.sampled_from(sorted(KINDS)), st.data(), SCHEMES, DAYS)
def test_one_more_fact_never_turns_what_is_settled(
    facts: Facts, name: str, data: st.DataObject, scheme: Scheme, on: date
) -> None:
    assume(facts.value(name) is None)
    before = decide(facts, scheme, on)
    try:
        more = facts.told(name, data.draw(values(KINDS[name])))
    except FactError:
        return
    after = decide(more, scheme, on)
    if before.state != "need_more":
        assert after.state == before.state
    settled = {r.condition: r.truth for r in before.reasons if r.truth is not None}
    assert settled.items() <= {r.condition: r.truth for r in after.reasons}.items()


@given(valid_facts(refuse=False), st.randoms(use_true_random=False), SCHEMES, DAYS)
def test_the_order_in_which_facts_are_told_does_not_matter(
    facts: Facts, random: Random, scheme: Scheme, on: date
) -> None:
    items = list(facts.known().items())
    random.shuffle(items)
    retold = Facts()
    for name, value in items:
        retold = retold.told(name, value)
    assert retold == facts
    assert decide(retold, scheme, on) == decide(facts, scheme, on)


@given(valid_facts(), SCHEMES, DAYS)
def test_the_next_fact_is_unknown_not_refused_and_part_of_an_open_condition(
    facts: Facts, scheme: Scheme, on: date
) -> None:
    verdict = decide(facts, scheme, on)
    for name in (verdict.next_fact, verdict.benefit_fact):
        assert name is None or (facts.value(name) is None and name not in facts.refused)
    if verdict.next_fact:
        open_facts = {f for r in verdict.reasons if r.truth is None for f in r.facts}
        assert verdict.next_fact in open_facts
    assert verdict.state == "need_more" or verdict.next_fact is None


@given(valid_facts(), st.data(), SCHEMES, DAYS)
def test_answering_what_is_asked_always_settles_it(facts: Facts, data: st.DataObject, scheme: Scheme, on: date) -> None:
    """At the end the verdict stands, or a refused fact is in the way."""
    for _ in KINDS:
        verdict = decide(facts, scheme, on)
        if verdict.next_fact is None:
            break
        facts = _answered(facts, verdict.next_fact, data)
    assert verdict.next_fact is None
    if verdict.state == "need_more":
        unknown = [r for r in verdict.reasons if r.truth is None]
        assert any(set(r.facts) & facts.refused for r in unknown)


def _answered(facts: Facts, name: str, data: st.DataObject) -> Facts:
    """An answer, a refusal, or, where the answer contradicts what was said, a refusal too."""
    if data.draw(st.integers(0, 9)) == 0:
        return facts.refuse(name)
    try:
        return facts.told(name, data.draw(values(KINDS[name])))
    except FactError:
        return facts.refuse(name)


@given(valid_facts(refuse=False), st.data(), SCHEMES, DAYS)
def test_with_nothing_refused_answering_ends_in_yes_or_no(
    facts: Facts, data: st.DataObject, scheme: Scheme, on: date
) -> None:
    for _ in KINDS:
        verdict = decide(facts, scheme, on)
        if verdict.next_fact is None:
            break
        try:
            facts = facts.told(verdict.next_fact, data.draw(values(KINDS[verdict.next_fact])))
        except FactError:
            assume(False)
    assert verdict.state in {"eligible", "not_eligible"}


@given(st.integers(1, 10_000_000_000), st.sampled_from(["general", "obc", "sc", "st", "minority"]))
def test_margin_money_never_passes_its_limits_and_adds_up(cost: int, category: str) -> None:
    facts = Facts(project_cost=cost, category=category)
    benefit = decide(facts, load()["margin_money"], date(2026, 11, 21)).benefit
    subsidy, own, loan = (benefit.amount(line) for line in ("subsidy", "own_share", "loan"))
    assert subsidy is not None and own is not None and loan is not None
    assert 0 <= subsidy <= min(cost // 4, 2_000_000)
    assert subsidy + own + loan == cost
    assert loan >= 0


@given(st.integers(1, 10_000_000_000), st.integers(0, 10_000_000))
def test_a_dearer_project_never_gets_less_margin_money(cost: int, more: int) -> None:
    def subsidy(of: int) -> int:
        facts = Facts(project_cost=min(of, 10_000_000_000))
        return decide(facts, load()["margin_money"], date(2026, 11, 21)).benefit.total or 0

    assert subsidy(cost) <= subsidy(cost + more)


@given(valid_facts(), DAYS)
@settings(max_examples=30)
def test_every_number_a_working_line_names_is_there(facts: Facts, on: date) -> None:
    for verdict in compare(facts, on):
        for line in verdict.benefit.lines:
            for _, text in line.text.items():
                assert "{" not in text.format(**line.numbers)


@given(valid_facts(), DAYS)
@settings(max_examples=30)
def test_compare_tells_every_scheme_once_best_first(facts: Facts, on: date) -> None:
    verdicts = compare(facts, on)
    assert sorted(v.scheme for v in verdicts) == sorted(load())
    rank = {"eligible": 0, "need_more": 1, "not_eligible": 2}
    states = [rank[v.state] for v in verdicts]
    assert states == sorted(states)


@pytest.mark.parametrize("name", sorted(KINDS))
@given(data=st.data(), on=DAYS)
@settings(max_examples=10)
def test_refusing_a_fact_never_changes_the_verdict(name: str, data: st.DataObject, on: date) -> None:
    facts = data.draw(valid_facts())
    scheme = data.draw(SCHEMES)
    assert decide(facts.refuse(name), scheme, on).state == decide(facts, scheme, on).state
