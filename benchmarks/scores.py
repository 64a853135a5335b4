"""Counts verdicts, writes the tables and the list of what was not right."""

from collections import Counter
from collections.abc import Callable, Sequence

import yaml

from benchmarks import report as results
from benchmarks.figures import share
from benchmarks.judge import Seen, Verdict, judge
from benchmarks.messages import Message
from benchmarks.places import BENCH
from benchmarks.tables import table

Asked = Sequence[tuple[Message, Seen]]
Judged = Sequence[tuple[Message, Seen, Verdict]]
_HEAD = ["right", "wrong", "offered", "no answer", "reply in its language"]
_WORST_FIRST = [Verdict.WRONG, Verdict.NO_ANSWER, Verdict.OFFERED]


def report(part: str, title: str, asked: Asked) -> None:
    """Shares are of all messages of the row, with their 95 % interval (Wilson)."""
    judged = [(message, seen, judge(message, seen)) for message, seen in asked]
    _write_misses(part, judged)
    languages = _table("language", judged, lambda message: message.language)
    kinds = _table("expected", judged, lambda message: message.group)
    failed = sum(seen.outcome == "unavailable" for _, seen in asked)
    note = (
        f"Turns that failed: {failed}. Each cell: count · share (95 % interval). "
        f"What was not right: var/bench/misses-{part}.yml."
    )
    results.write(part, title, f"{languages}\n\n{kinds}\n\n{note}")


def _table(first: str, judged: Judged, key: Callable[[Message], str]) -> str:
    names = dict.fromkeys(key(message) for message, _, _ in judged)
    rows: dict[str, Judged] = {name: [one for one in judged if key(one[0]) == name] for name in names}
    rows["all"] = judged
    return table([first, "n", *_HEAD], [[name, str(len(row)), *_cells(row)] for name, row in rows.items()])


def _cells(row: Judged) -> list[str]:
    counts = Counter(verdict for _, _, verdict in row)
    told = [(m, s) for m, s, _ in row if s.language]
    same = sum(m.language == s.language for m, s in told)
    return [*(share(counts[verdict], len(row)) for verdict in Verdict), share(same, len(told))]


def _write_misses(part: str, judged: Judged) -> None:
    """For people to read: the worst first."""
    misses = [_miss(*one) for verdict in _WORST_FIRST for one in judged if one[2] is verdict]
    BENCH.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(misses, allow_unicode=True, sort_keys=False, width=200)
    (BENCH / f"misses-{part}.yml").write_text(text, encoding="utf-8")


def _miss(message: Message, seen: Seen, verdict: Verdict) -> dict[str, str]:
    got = sorted(seen.entries) or sorted(seen.districts)[:10] or sorted(seen.choices)
    return {
        "verdict": verdict.value,
        "language": message.language,
        "text": message.text,
        "expected": f"{message.kind}: {', '.join(sorted(message.expected))}",
        "got": f"{seen.outcome}: {', '.join(got)}".rstrip(": "),
    }
