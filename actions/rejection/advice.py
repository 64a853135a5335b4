"""The next step of a person whose loan was refused."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from actions.rejection.case import NOT_TOLD, Case
from actions.rejection.window import SCHEME_BEGAN, bank_has_until, window_of

Step = Literal[
    "dic_first", "ask_reason", "papers", "cibil", "area", "collateral", "deposit", "bribe", "complain",
    "wait", "ombudsman", "undated", "late", "late_old", "with_ombudsman", "in_court",
]  # fmt: skip
STEPS: tuple[Step, ...] = get_args(Step)

# What may be complained of at once, and what is set right instead once the reason is on paper.
_COMPLAINTS: dict[str | None, Step] = {"collateral": "collateral", "deposit": "deposit", "bribe": "bribe"}
_REPAIRS: dict[str | None, Step] = {"papers": "papers", "cibil": "cibil", "area": "area"}


@dataclass(frozen=True)
class Advice:
    """`bank_until`: the bank may answer. `opens`, `closes`: the Ombudsman may be gone to (first and last day)."""

    step: Step
    bank_until: date | None = None
    opens: date | None = None
    closes: date | None = None


def advise(case: Case, today: date) -> Advice:
    if case.complained:
        return _after_complaint(case, today)
    if case.forwarded is False:
        return Advice("dic_first")
    if case.reason in _COMPLAINTS:
        return Advice(_COMPLAINTS[case.reason], bank_has_until(today))
    if not case.written:
        return Advice("ask_reason")
    if case.reason in _REPAIRS:
        return Advice(_REPAIRS[case.reason])
    return Advice("complain", bank_has_until(today))


def needs_paper(case: Case) -> bool:
    """Whether it matters that the bank's reason is in writing."""
    return case.reason != NOT_TOLD and case.reason not in _COMPLAINTS


def is_waiting(case: Case, today: date) -> bool:
    """The bank's 30 days are running."""
    return case.complained_on is not None and today <= bank_has_until(case.complained_on)


def _after_complaint(case: Case, today: date) -> Advice:
    if case.ombudsman:
        return Advice("with_ombudsman")
    if case.court:
        return Advice("in_court")
    if case.complained_on and is_waiting(case, today) and not case.replied:
        return _wait(case.complained_on)
    return _by_the_calendar(case, today)


def _wait(complained_on: date) -> Advice:
    end = bank_has_until(complained_on)
    window = window_of(Case(complained_on=complained_on, replied=False), complained_on)
    return Advice("wait", end, end + timedelta(days=1), window.sure_until if window else None)


def _by_the_calendar(case: Case, today: date) -> Advice:
    window = window_of(case, today)
    if window is None or window.sure_until < today <= window.last_possible:
        return Advice("undated")
    if today <= window.sure_until:
        return Advice("ombudsman", closes=window.sure_until)
    # What holds for a time that ran out before the 90 days were the rule, no source says.
    return Advice("late_old" if window.last_possible < SCHEME_BEGAN else "late", closes=window.last_possible)
