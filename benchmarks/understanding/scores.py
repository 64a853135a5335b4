"""Judges and counts: tables by language, style, hand and what is expected, and the list of what was not right."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from benchmarks import report as results
from benchmarks.figures import share
from benchmarks.tables import table
from benchmarks.understanding.judge import Seen, Verdict, judge
from benchmarks.understanding.messages import Message
from benchmarks.understanding.section import Section, write_list

Asked = Sequence[tuple[Message, Seen]]
Judged = Sequence[tuple[Message, Seen, Verdict]]
_HEAD = ["right", "wrong", "offered", "no answer", "reply in its language"]
_WORST_FIRST = [Verdict.WRONG, Verdict.NO_ANSWER, Verdict.OFFERED]
_BY: Mapping[str, Callable[[Message], str]] = {
    "language": lambda message: message.language,
    "style": lambda message: message.style or "not noted",
    "hand": lambda message: message.hand,
    "expected": lambda message: message.group,
}


def report(part: str, title: str, asked: Asked) -> None:
    """Prints the tables and keeps them as a part of the results."""
    results.write(part, title, section(part, title, asked).body)


def section(part: str, title: str, asked: Asked) -> Section:
    """Shares are of all messages of the row, with their 95 % interval (Wilson)."""
    judged = judge_all(asked)
    misses = write_list(f"misses-{part}", [_miss(*one) for one in _worst_first(judged)])
    grouped = {name: _rows(judged, key) for name, key in _BY.items()}
    tables = [_table(name, rows) for name, rows in grouped.items()]
    failed = sum(seen.outcome == "unavailable" for _, seen in asked)
    note = f"Turns that failed: {failed}. Each cell: count · share (95 % interval). What was not right: {misses}."
    figures = {name: {row: _figures(some) for row, some in rows.items()} for name, rows in grouped.items()}
    return Section(title, "\n\n".join([*tables, note]), figures)


def judge_all(asked: Asked) -> Judged:
    return [(message, seen, judge(message, seen)) for message, seen in asked]


def _rows(judged: Judged, key: Callable[[Message], str]) -> dict[str, Judged]:
    names = dict.fromkeys(key(message) for message, _, _ in judged)
    return {**{name: [one for one in judged if key(one[0]) == name] for name in names}, "all": judged}


def _table(first: str, rows: Mapping[str, Judged]) -> str:
    return table([first, "n", *_HEAD], [[name, str(len(row)), *_cells(row)] for name, row in rows.items()])


def _cells(row: Judged) -> list[str]:
    counts = Counter(verdict for _, _, verdict in row)
    told = [(m, s) for m, s, _ in row if s.language]
    same = sum(m.language == s.language for m, s in told)
    return [*(share(counts[verdict], len(row)) for verdict in Verdict), share(same, len(told))]


def _figures(row: Judged) -> dict[str, int]:
    counts = Counter(verdict for _, _, verdict in row)
    return {"n": len(row), **{verdict.value: counts[verdict] for verdict in Verdict}}


def _worst_first(judged: Judged) -> Iterable[tuple[Message, Seen, Verdict]]:
    return (one for verdict in _WORST_FIRST for one in judged if one[2] is verdict)


def _miss(message: Message, seen: Seen, verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.value,
        "language": message.language,
        **({"style": message.style} if message.style else {}),
        "text": message.text,
        "expected": f"{message.kind}: {', '.join(sorted(message.expected))}",
        "got": seen.short(),
    }
