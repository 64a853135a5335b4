"""What the engine answers: all data, no sentence put together; texts keep their three languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from actions.eligibility.expression import Truth
from actions.eligibility.scheme import Conflict, Document, Note, State
from knowledge.entry import ByLanguage


@dataclass(frozen=True)
class Reason:
    """One condition, whether it is met (None: not known yet), and where that is from."""

    condition: str
    truth: Truth
    text: ByLanguage
    facts: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: str
    conflict: Conflict | None


@dataclass(frozen=True)
class Change:
    """What would turn an unmet condition; `from_date`, where time alone does it."""

    condition: str
    text: ByLanguage | None
    from_date: date | None


@dataclass(frozen=True)
class WorkedLine:
    """`text` has gaps named like `numbers`; `amount` is None where the sources do not settle it.

    All numbers are rupees but `percent` and `times`.
    """

    id: str
    role: str
    amount: int | None
    numbers: Mapping[str, int]
    text: ByLanguage
    sources: tuple[str, ...]
    confidence: str
    conflict: Conflict | None
    provisional_on: tuple[str, ...]  # facts still unknown that could change this line


@dataclass(frozen=True)
class WorkedBenefit:
    summary: ByLanguage
    lines: tuple[WorkedLine, ...]
    notes: tuple[Note, ...]
    total: int | None
    needs: tuple[str, ...]  # facts that would complete the amounts, in the order of asking

    def amount(self, line: str) -> int | None:
        return next((worked.amount for worked in self.lines if worked.id == line), None)


@dataclass(frozen=True)
class Verdict:
    scheme: str
    name: ByLanguage
    on_date: date
    state: State
    outcome: ByLanguage
    reasons: tuple[Reason, ...]
    conflicts: tuple[Conflict, ...]
    benefit: WorkedBenefit
    would_change: tuple[Change, ...]
    documents: tuple[Document, ...]
    next_step: ByLanguage
    next_fact: str | None
    benefit_fact: str | None  # once eligible: the next fact the amounts need
    sources: tuple[str, ...]

    @property
    def all_conflicts(self) -> tuple[Conflict, ...]:
        """Everything sources disagree on that matters to this person: the authority confirms it."""
        said = [*(r.conflict for r in self.reasons), *(w.conflict for w in self.benefit.lines)]
        return (*(c for c in said if c), *self.conflicts)

    def reason(self, condition: str) -> Reason | None:
        return next((r for r in self.reasons if r.condition == condition), None)
