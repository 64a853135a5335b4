"""The amounts and their working, to the rupee. What the sources leave open is not given as an amount."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actions.eligibility.expression import Expression, Truth
from actions.eligibility.facts import ORDER, Facts
from actions.eligibility.scheme import Benefit, Conflict, Line, Option
from actions.eligibility.verdict import WorkedBenefit, WorkedLine


@dataclass(frozen=True)
class _Case:
    """On what the amounts are worked out."""

    facts: Facts
    on: date

    def truth(self, when: Expression | None) -> Truth:
        return True if when is None else when.truth(self.facts, self.on)

    def open(self, when: Expression | None) -> frozenset[str]:
        return frozenset() if when is None else when.open(self.facts, self.on)

    def said(self, conflict: Conflict | None) -> Conflict | None:
        return conflict if conflict and self.truth(conflict.matters_when) else None

    def rupees(self, fact: str | None) -> int | None:
        value = self.facts.value(fact) if fact else None
        return value if isinstance(value, int) else None


def _percent(base: int, percent: int, rounding: str) -> int:
    """Part of a rupee: what is given is rounded down, what is paid is rounded up."""
    hundredths = base * percent
    return -(-hundredths // 100) if rounding == "up" else hundredths // 100


def _fixed_numbers(option: Option) -> dict[str, int]:
    assert option.amount is not None
    return {"each": option.amount, "times": option.times, "amount": option.amount * option.times}


def _share_numbers(option: Option, base: int, rounding: str) -> dict[str, int]:
    assert option.percent is not None
    counted = min(base, option.counted_up_to) if option.counted_up_to is not None else base
    share = _percent(counted, option.percent, rounding)
    amount = max(share, option.at_least or 0)
    amount = amount if option.at_most is None else min(amount, option.at_most)
    numbers = {"base": base, "counted": counted, "percent": option.percent, "share": share, "amount": amount}
    limits = {"floor": option.at_least, "cap": option.at_most, "counted_up_to": option.counted_up_to}
    return numbers | {name: limit for name, limit in limits.items() if limit is not None}


def _choose(line: Line, base: int | None, case: _Case) -> tuple[Option | None, frozenset[str]]:
    """The first option that applies; facts that are unknown on the way to it could still change it."""
    undecided: frozenset[str] = frozenset()
    for option in line.options:
        if option.up_to is not None and (base is None or base > option.up_to):
            continue
        truth = case.truth(option.when)
        if truth:
            return option, undecided
        undecided |= case.open(option.when)
    return None, undecided


def _rest(line: Line, base: int, done: dict[str, WorkedLine]) -> tuple[dict[str, int], frozenset[str]] | None:
    parts = [done[name] for name in line.less if name in done]
    amounts = [part.amount for part in parts if part.amount is not None]
    if len(amounts) != len(line.less):
        return None
    numbers = {"base": base, "amount": base - sum(amounts)} | dict(zip(line.less, amounts, strict=True))
    return numbers, frozenset().union(*(part.provisional_on for part in parts))


def _worked(
    line: Line, option: Option | None, numbers: dict[str, int], undecided: Iterable[str], case: _Case
) -> WorkedLine:
    text = option.text if option else line.text
    assert text is not None  # the file's model sees to it
    return WorkedLine(
        id=line.id,
        role=line.role,
        amount=numbers["amount"] if line.settled else None,
        numbers=numbers,
        text=text,
        sources=line.sources,
        confidence=line.confidence,
        conflict=case.said(option.conflict) if option else None,
        provisional_on=_in_order(undecided),
    )


def _work_line(line: Line, case: _Case, done: dict[str, WorkedLine]) -> tuple[WorkedLine | None, frozenset[str]]:
    """The line if it can be worked out, and the facts it still lacks."""
    if case.truth(line.when) is not True:
        return None, case.open(line.when)
    base = case.rupees(line.of)
    if line.of and base is None:
        return None, frozenset({line.of})
    if line.less:
        rest = _rest(line, base or 0, done)
        return (_worked(line, None, *rest, case), frozenset()) if rest else (None, frozenset())
    option, undecided = _choose(line, base, case)
    if option is None:
        return None, undecided
    numbers = (
        _fixed_numbers(option) if base is None or option.percent is None else _share_numbers(option, base, line.round)
    )
    return _worked(line, option, numbers, undecided, case), undecided


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=ORDER.__getitem__))


def work_out(benefit: Benefit, facts: Facts, on: date) -> WorkedBenefit:
    case, done, needs = _Case(facts, on), dict[str, WorkedLine](), frozenset[str]()
    for line in benefit.lines:
        if not line.applies(on):
            continue
        worked, lacking = _work_line(line, case, done)
        needs |= lacking
        if worked:
            done[line.id] = worked
    given = [w.amount for w in done.values() if w.role == "benefit" and w.amount is not None]
    notes = tuple(n for n in benefit.notes if n.applies(on) and case.truth(n.when) is not False)
    total = sum(given) if given else None
    return WorkedBenefit(benefit.summary, tuple(done.values()), notes, total, _in_order(needs))
