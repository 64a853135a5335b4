"""Which entries are taken for which."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from benchmarks.tables import table
from benchmarks.understanding.calibration import Guess
from benchmarks.understanding.judge import Verdict
from benchmarks.understanding.scores import Judged
from benchmarks.understanding.section import Section, write_list

_SHOWN, _EXAMPLES = 25, 3
_NOTE = """What retrieval thought of first where that was not expected; "answered" are those sure enough to be said, \
the others were offered or not answered. All of them with up to {n} examples: {path}."""


def section(guesses: Sequence[Guess], judged: Judged) -> Section:
    """`judged` tells which of the wrong guesses were answered with."""
    wrong = {message for message, _, verdict in judged if verdict is Verdict.WRONG}
    found: defaultdict[tuple[str, str], list[Guess]] = defaultdict(list)
    for guess in guesses:
        if not guess.right:
            found[_expected(guess), guess.label].append(guess)
    ranked = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    rows = [_row(*pair, some, sum(g.message in wrong for g in some)) for pair, some in ranked]
    note = _NOTE.format(n=_EXAMPLES, path=write_list("confusions", rows))
    return Section("Confusions", f"{_table(rows[:_SHOWN])}\n\n{note}", {"confusions": rows})


def _expected(guess: Guess) -> str:
    names = ", ".join(sorted(guess.message.expected))
    return names if guess.message.kind in ("entry", "outcome") else f"{guess.message.kind}: {names}"


def _row(expected: str, first: str, some: Sequence[Guess], answered: int) -> dict[str, Any]:
    examples = [f"{guess.message.text} ({guess.probability:.2f})" for guess in some[:_EXAMPLES]]
    return {"expected": expected, "first": first, "count": len(some), "answered": answered, "examples": examples}


def _table(rows: Sequence[dict[str, Any]]) -> str:
    return table(["expected → came first", "count", "answered", "for example"], [_cells(row) for row in rows])


def _cells(row: dict[str, Any]) -> list[str]:
    example = row["examples"][0].replace("|", "/")
    return [f"{row['expected']} → {row['first']}", str(row["count"]), str(row["answered"]), example]
