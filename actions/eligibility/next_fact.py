"""The fact worth asking next: one that can still settle the verdict, first those that rule out by themselves."""

from collections.abc import Iterable
from datetime import date

from actions.eligibility.expression import All
from actions.eligibility.facts import KINDS, ORDER, Facts
from actions.eligibility.scheme import Condition


def _askable(facts: Facts) -> frozenset[str]:
    return frozenset(KINDS) - facts.known().keys() - facts.refused


def _candidates(conditions: Iterable[Condition], facts: Facts, on: date) -> frozenset[str]:
    """If a refused fact stands in the way of "eligible", only what can still rule out is worth asking."""
    askable, open_ones = _askable(facts), [c.when for c in conditions if c.when.truth(facts, on) is None]
    can_be_met = True in All(tuple(open_ones)).reach(facts, on, askable)
    worth = [w for w in open_ones if can_be_met or False in w.reach(facts, on, askable)]
    return frozenset().union(*(w.open(facts, on) for w in worth)) & askable


def _rules_out_alone(name: str, conditions: Iterable[Condition], facts: Facts, on: date) -> bool:
    alone = frozenset({name})
    return any(False in c.when.reach(facts, on, alone) for c in conditions if name in c.when.open(facts, on))


def next_fact(conditions: tuple[Condition, ...], facts: Facts, on: date) -> str | None:
    """None once the verdict is settled, or when all that could settle it is refused."""
    if any(c.when.truth(facts, on) is False for c in conditions):
        return None
    candidates = _candidates(conditions, facts, on)
    return min(
        candidates,
        key=lambda name: (not _rules_out_alone(name, conditions, facts, on), ORDER[name]),
        default=None,
    )
