"""From facts and a scheme to a verdict, and over all schemes."""

from collections.abc import Iterable
from datetime import date

from actions.eligibility.benefit import work_out
from actions.eligibility.expression import Truth, holds_from
from actions.eligibility.facts import ORDER, Facts
from actions.eligibility.next_fact import next_fact
from actions.eligibility.scheme import Condition, Conflict, Document, Scheme, State
from actions.eligibility.scheme_file import load
from actions.eligibility.verdict import Change, Reason, Verdict, WorkedBenefit
from knowledge.entry import ByLanguage

_BEST_FIRST: dict[State, int] = {"eligible": 0, "need_more": 1, "not_eligible": 2}


def _state(reasons: Iterable[Reason]) -> State:
    truths = [reason.truth for reason in reasons]
    return "not_eligible" if False in truths else "need_more" if None in truths else "eligible"


def _matters(conflict: Conflict, facts: Facts, on: date) -> bool:
    return conflict.matters_when is None or conflict.matters_when.truth(facts, on) is True


def _text(condition: Condition, truth: Truth) -> ByLanguage:
    return {True: condition.met, False: condition.not_met, None: condition.unknown}[truth]


def _reason(condition: Condition, facts: Facts, on: date) -> Reason:
    truth, conflict = condition.when.truth(facts, on), condition.conflict
    return Reason(
        condition=condition.id,
        truth=truth,
        text=_text(condition, truth),
        facts=tuple(sorted(condition.when.names(), key=ORDER.__getitem__)),
        sources=condition.sources,
        confidence=condition.confidence,
        conflict=conflict if conflict and _matters(conflict, facts, on) else None,
    )


def _changes(conditions: Iterable[Condition], facts: Facts, on: date) -> tuple[Change, ...]:
    """What the person can do, or when time does it; a condition that nothing changes is left out."""
    unmet = [c for c in conditions if c.when.truth(facts, on) is False]
    changes = (Change(c.id, c.change, holds_from(c.when, facts, on)) for c in unmet)
    return tuple(change for change in changes if change.text or change.from_date)


def _documents(scheme: Scheme, facts: Facts, on: date) -> tuple[Document, ...]:
    """Papers that may be needed; those for others (a caste certificate for a general applicant) are left out."""
    return tuple(d for d in scheme.documents if d.when is None or d.when.truth(facts, on) is not False)


def _benefit_fact(state: State, benefit: WorkedBenefit, facts: Facts) -> str | None:
    """Amounts are asked about only when there is something to get."""
    wanted = benefit.needs if state == "eligible" else ()
    return next((name for name in wanted if name not in facts.refused), None)


def _next_step(scheme: Scheme, state: State, facts: Facts, on: date) -> ByLanguage:
    holding = (step.text for step in scheme.next_step_when if step.when.truth(facts, on) is True)
    return next(holding, scheme.next_step[state]) if state == "eligible" else scheme.next_step[state]


def _sources(scheme: Scheme, reasons: Iterable[Reason], benefit: WorkedBenefit) -> tuple[str, ...]:
    """Each once: the scheme's own, then those of the reasons and the amounts."""
    named = [scheme.sources, *(r.sources for r in reasons), *(w.sources for w in benefit.lines)]
    return tuple(dict.fromkeys(source for sources in named for source in sources))


def decide(facts: Facts, scheme: Scheme, on_date: date) -> Verdict:
    """Whether these facts meet the scheme's conditions of that day, and all that follows from it."""
    conditions = tuple(c for c in scheme.conditions if c.applies(on_date))
    reasons = tuple(_reason(c, facts, on_date) for c in conditions)
    state = _state(reasons)
    benefit = work_out(scheme.benefit, facts, on_date)
    return Verdict(
        scheme=scheme.id,
        name=scheme.name,
        on_date=on_date,
        state=state,
        outcome=scheme.authority.outcome[state],
        reasons=reasons,
        conflicts=tuple(c for c in scheme.conflicts if _matters(c, facts, on_date)),
        benefit=benefit,
        would_change=_changes(conditions, facts, on_date),
        documents=_documents(scheme, facts, on_date),
        next_step=_next_step(scheme, state, facts, on_date),
        next_fact=next_fact(conditions, facts, on_date),
        benefit_fact=_benefit_fact(state, benefit, facts),
        sources=_sources(scheme, reasons, benefit),
    )


def _rank(verdict: Verdict, schemes: dict[str, Scheme]) -> tuple[int, bool, int, str]:
    """Eligible first, the programme's own before linked ones, then those with the least left to ask."""
    unknown = sum(reason.truth is None for reason in verdict.reasons)
    return _BEST_FIRST[verdict.state], schemes[verdict.scheme].programme != "own", unknown, verdict.scheme


def compare(facts: Facts, on_date: date) -> list[Verdict]:
    """Every scheme's verdict, best first: so that "not here, but there" can be said."""
    schemes = load()
    verdicts = (decide(facts, scheme, on_date) for scheme in schemes.values())
    return sorted(verdicts, key=lambda verdict: _rank(verdict, schemes))
