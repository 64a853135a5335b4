"""Over all schemes: not here, but there."""

from datetime import date

from actions.eligibility import Facts, compare, decide, load

TODAY = date(2026, 11, 21)
CARPENTER = Facts(
    applicant="person",
    age=30,
    up_resident=True,
    district_product=False,
    unit="new",
    sector="manufacturing",
    bank_defaulter=False,
    other_subsidy=False,
    class_8=True,
    skill_training=True,
)


def test_work_outside_the_districts_product_is_sent_to_mudra_and_cm_yuva() -> None:
    verdicts = compare(CARPENTER, TODAY)
    eligible = [v.scheme for v in verdicts if v.state == "eligible"]
    assert eligible == ["cm_yuva", "mudra"]
    assert verdicts[: len(eligible)] == [v for v in verdicts if v.state == "eligible"]
    refused = {v.scheme for v in verdicts if v.state == "not_eligible"}
    assert {"margin_money", "mda", "skill_toolkit", "cfc", "stand_up_india"} <= refused


def test_a_woman_is_not_sent_to_the_lapsed_scheme() -> None:
    woman = CARPENTER.told("woman", True)
    by_scheme = {v.scheme: v for v in compare(woman, TODAY)}
    assert by_scheme["stand_up_india"].state == "not_eligible"
    assert by_scheme["mudra"].state == "eligible"


def test_the_programmes_own_schemes_come_first() -> None:
    maker = CARPENTER.told("district_product", True).told("family_margin_money", False)
    assert [v.scheme for v in compare(maker, TODAY) if v.state == "eligible"] == ["margin_money", "cm_yuva", "mudra"]


def test_of_the_undecided_the_one_with_least_left_to_ask_comes_first() -> None:
    undecided = [v for v in compare(Facts(age=30), TODAY) if v.state == "need_more"]
    own = [v for v in undecided if v.scheme in {"margin_money", "mda", "skill_toolkit", "cfc"}]
    assert undecided[: len(own)] == own
    left = [sum(r.truth is None for r in v.reasons) for v in own]
    assert left == sorted(left)


def test_with_nothing_known_nothing_open_is_refused() -> None:
    states = {v.scheme: v.state for v in compare(Facts(), TODAY)}
    assert {scheme for scheme, state in states.items() if state != "need_more"} == {"stand_up_india"}


def test_a_verdict_names_every_source_once() -> None:
    verdict = decide(CARPENTER.told("project_cost", 6_000_000), load()["margin_money"], TODAY)
    assert len(set(verdict.sources)) == len(verdict.sources)
    assert {"odop-portal-faq", "odop-conditions-2020", "business-standard-2018"} <= set(verdict.sources)


def test_all_that_sources_disagree_on_is_found_in_one_place() -> None:
    maker = CARPENTER.told("project_cost", 6_000_000).told("woman", True)
    sources = [c.sources for c in decide(maker, load()["margin_money"], TODAY).all_conflicts]
    assert sources == [
        ("dic-basti-2021",),
        ("business-standard-2018", "dic-budaun-2022"),
        ("odop-portal-schemes",),
        ("jaagruk-odop-2025",),
    ]


def test_a_reason_and_a_line_are_found_by_name() -> None:
    verdict = decide(CARPENTER, load()["margin_money"], TODAY)
    reason = verdict.reason("own-district-product")
    assert reason is not None
    assert reason.truth is False
    assert reason.facts == ("district_product",)
    assert verdict.reason("no-such") is None
    assert verdict.benefit.amount("no-such") is None
