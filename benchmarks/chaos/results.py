"""The tables of a run, in var/bench/chaos.md and .json."""

import os
from collections.abc import Sequence
from typing import Any

from benchmarks import report
from benchmarks.chaos.run import Happened, Result
from benchmarks.chaos.said import Said
from benchmarks.tables import table

PROMISE = 15.0  # seconds until everybody has heard something that helps
_HEAD = ["fault", "times", "written meanwhile", "slowest first word, s", "well again after, s", "late"]


def waited(said: Said, happened: Sequence[Happened]) -> float | None:
    """Seconds until the first helpful word; nobody can be reached while the provider is away. None: never."""
    if said.words_at is None:
        return None
    began = said.at
    for each in happened:
        if each.cuts_off and each.began - PROMISE < said.at < each.ended and said.words_at > each.ended:
            began = max(began, each.ended)
    return max(0.0, said.words_at - began)


def late(said: Sequence[Said], happened: Sequence[Happened]) -> int:
    waits = [waited(each, happened) for each in said]
    return sum(wait is None or wait > PROMISE for wait in waits)


def broken(result: Result) -> list[str]:
    """The promises that were not kept."""
    found = result.found
    counts = {
        "lost": found.lost,
        "repeated": found.repeated,
        "out of order": found.out_of_order,
        "answered with something else": len(found.strange),
        f"told later than {PROMISE:.0f} s": late(result.said, result.happened),
        "faults that were not over by themselves": sum(each.well is None for each in result.happened),
    }
    return [f"{count} {name}" for name, count in counts.items() if count]


def write(result: Result) -> None:
    report.write("chaos", "Chaos", "\n\n".join([_totals(result), _faults(result), _notes(result)]))
    report.write_figures("chaos", _figures(result))


def _totals(result: Result) -> str:
    found = result.found
    waits = sorted(wait for each in result.said if (wait := waited(each, result.happened)) is not None)
    rows = {
        "written": found.sent,
        "answered": found.answered,
        "not taken, and told so at once": found.refused,
        "answered with the helpline's number": found.sorry,
        "told that the answer takes longer, before it": found.held,
        "lost": found.lost,
        "repeated": found.repeated,
        "out of order": found.out_of_order,
        f"first word later than {PROMISE:.0f} s": late(result.said, result.happened),
    }
    lines = [[name, str(count)] for name, count in rows.items()]
    if waits:
        lines.append(["first word after, s: median / slowest", f"{waits[len(waits) // 2]:.1f} / {waits[-1]:.1f}"])
    return table(["messages", ""], lines)


def _faults(result: Result) -> str:
    names = sorted({each.name for each in result.happened})
    return table(_HEAD, [_row(name, [h for h in result.happened if h.name == name], result) for name in names])


def _row(name: str, each: Sequence[Happened], result: Result) -> list[str]:
    said = [one for happened in each for one in happened.said]
    waits = [wait for one in said if (wait := waited(one, result.happened)) is not None]
    again = [happened.well - happened.ended for happened in each if happened.well is not None]
    slowest = f"{max(waits):.1f}" if waits else "–"
    recovery = f"{max(again):.1f}" if len(again) == len(each) else "not"
    return [name, str(len(each)), str(len(said)), slowest, recovery, str(late(said, result.happened))]


def _notes(result: Result) -> str:
    plan = result.plan
    return (
        f"{result.seconds / 60:.1f} minutes, {plan.phones} people on SMS and WhatsApp and {plan.visitors} in the chat, "
        f"{plan.rate:g} messages a second, seed {plan.seed}, load of the machine at the end "
        f"{os.getloadavg()[1]:.1f}. Disk: {result.disk}. Clock: {'set' if result.clock else 'not set: no compiler'}. "
        "Slowest and longest of all times. Where the provider cannot be reached the wait counts from its return."
    )


def _figures(result: Result) -> dict[str, Any]:
    faults = [
        {
            "name": each.name,
            "seconds": round(each.ended - each.began, 1),
            "well_after": None if each.well is None else round(each.well - each.ended, 1),
            "written": len(each.said),
        }
        for each in result.happened
    ]
    return {"plan": vars(result.plan), "found": vars(result.found), "faults": faults, "broken": broken(result)}
