"""What is still worth asking: only what may change the next step."""

from collections.abc import Iterator
from datetime import date

from actions.dialogue.state import State
from actions.rejection.advice import advise, is_waiting, needs_paper
from actions.rejection.case import Case, case_of

_MAY_GO = ("ombudsman", "undated")


def next_field(state: State, today: date) -> str | None:
    settled = state.told.keys() | state.refused
    return next((name for name in _wanted(case_of(state.told, today), today) if name not in settled), None)


def _wanted(case: Case, today: date) -> Iterator[str]:
    if case.complained:
        yield from _of_complaint(case, today)
        return
    yield "forwarded"
    if case.forwarded is False:
        return
    yield "complained"
    yield "reason"
    if needs_paper(case):
        yield "reason_written"


def _of_complaint(case: Case, today: date) -> Iterator[str]:
    if case.ombudsman or case.court:
        return
    yield "complained_on"
    if case.replied_on is None:
        yield "bank_replied"
    if case.replied and not is_waiting(case, today):
        yield "replied_on"
    step = advise(case, today).step
    if step != "wait":
        yield "ombudsman"
    if step in _MAY_GO:
        yield "court"
