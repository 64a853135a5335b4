"""Conditions as trees of tests, in three-valued (Kleene) logic: true, false, or None for unknown.

Each node also tells what it may still become when only some facts can be asked (`reach`), and which unknown
facts matter to it (`open`): from these the next question is chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from actions.eligibility.facts import Facts
from actions.eligibility.operators import OPERATORS

Truth = bool | None
BOTH = frozenset({True, False})
NEITHER: frozenset[bool] = frozenset()


class Expression(Protocol):
    def truth(self, facts: Facts, on: date) -> Truth: ...

    def names(self) -> frozenset[str]:
        """Every fact it speaks of."""

    def open(self, facts: Facts, on: date) -> frozenset[str]:
        """Unknown facts that may still change its truth."""

    def reach(self, facts: Facts, on: date, askable: frozenset[str]) -> frozenset[bool]:
        """The truths it has or may get if only `askable` facts become known."""

    def days(self, facts: Facts) -> Iterator[date]:
        """Days on which its truth may change by itself."""


class _Leaf:
    """A test that is unknown until all its facts are known."""

    def names(self) -> frozenset[str]:
        raise NotImplementedError

    def _holds(self, facts: Facts, on: date) -> bool:
        raise NotImplementedError

    def _unknown(self, facts: Facts) -> frozenset[str]:
        return frozenset(name for name in self.names() if facts.value(name) is None)

    def truth(self, facts: Facts, on: date) -> Truth:
        return None if self._unknown(facts) else self._holds(facts, on)

    def open(self, facts: Facts, on: date) -> frozenset[str]:
        return self._unknown(facts)

    def reach(self, facts: Facts, on: date, askable: frozenset[str]) -> frozenset[bool]:
        unknown = self._unknown(facts)
        if not unknown:
            return frozenset({self._holds(facts, on)})
        return BOTH if unknown <= askable else NEITHER

    def days(self, facts: Facts) -> Iterator[date]:
        return iter(())


@dataclass(frozen=True)
class Test(_Leaf):
    """One fact compared with a value."""

    fact: str
    operator: str
    argument: Any

    def names(self) -> frozenset[str]:
        return frozenset({self.fact})

    def _holds(self, facts: Facts, on: date) -> bool:
        return OPERATORS[self.operator].holds(facts.value(self.fact), self.argument, on)

    def days(self, facts: Facts) -> Iterator[date]:
        from_day, value = OPERATORS[self.operator].from_day, facts.value(self.fact)
        if from_day and value is not None:
            yield from_day(value, self.argument)


@dataclass(frozen=True)
class Share(_Leaf):
    """One fact is at least so large a part of another."""

    part: str
    whole: str
    at_least: Fraction

    def names(self) -> frozenset[str]:
        return frozenset({self.part, self.whole})

    def _holds(self, facts: Facts, on: date) -> bool:
        part, whole = facts.value(self.part), facts.value(self.whole)
        assert isinstance(part, int) and isinstance(whole, int)  # the parser lets only numbers in
        return part >= whole * self.at_least


@dataclass(frozen=True)
class Dated(_Leaf):
    """True on the days from `start` to `end`, both included."""

    start: date
    end: date

    def names(self) -> frozenset[str]:
        return frozenset()

    def _holds(self, facts: Facts, on: date) -> bool:
        return self.start <= on <= self.end

    def days(self, facts: Facts) -> Iterator[date]:
        yield self.start


@dataclass(frozen=True)
class All:
    parts: tuple[Expression, ...]

    def truth(self, facts: Facts, on: date) -> Truth:
        truths = [part.truth(facts, on) for part in self.parts]
        return False if False in truths else None if None in truths else True

    def names(self) -> frozenset[str]:
        return frozenset().union(*(part.names() for part in self.parts))

    def open(self, facts: Facts, on: date) -> frozenset[str]:
        if self.truth(facts, on) is not None:
            return frozenset()
        return frozenset().union(*(p.open(facts, on) for p in self.parts if p.truth(facts, on) is None))

    def reach(self, facts: Facts, on: date, askable: frozenset[str]) -> frozenset[bool]:
        reached = [part.reach(facts, on, askable) for part in self.parts]
        can_hold, can_fail = all(True in r for r in reached), any(False in r for r in reached)
        return frozenset(t for t, can in ((True, can_hold), (False, can_fail)) if can)

    def days(self, facts: Facts) -> Iterator[date]:
        for part in self.parts:
            yield from part.days(facts)


@dataclass(frozen=True)
class Not:
    part: Expression

    def truth(self, facts: Facts, on: date) -> Truth:
        truth = self.part.truth(facts, on)
        return None if truth is None else not truth

    def names(self) -> frozenset[str]:
        return self.part.names()

    def open(self, facts: Facts, on: date) -> frozenset[str]:
        return self.part.open(facts, on) if self.truth(facts, on) is None else frozenset()

    def reach(self, facts: Facts, on: date, askable: frozenset[str]) -> frozenset[bool]:
        return frozenset(not truth for truth in self.part.reach(facts, on, askable))

    def days(self, facts: Facts) -> Iterator[date]:
        return self.part.days(facts)


def any_of(parts: tuple[Expression, ...]) -> Expression:
    """Either: by De Morgan, so that there is one place where three values are combined."""
    return Not(All(tuple(Not(part) for part in parts)))


def holds_from(expression: Expression, facts: Facts, on: date) -> date | None:
    """The first day after `on` on which it becomes true without anyone doing anything."""
    later = sorted(day for day in expression.days(facts) if day > on)
    return next((day for day in later if expression.truth(facts, day)), None)
