"""The cases of `cases/*.yml`: one person, one day, one verdict, each named by a sentence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from actions.eligibility import Facts, Verdict, decide
from actions.eligibility.scheme import Scheme

FOLDER = Path(__file__).parent / "cases"
GIVEN = {"name", "only", "facts", "without", "refused", "date"}


def _conditions(verdict: Verdict, truth: bool | None) -> list[str]:
    return [r.condition for r in verdict.reasons if r.truth is truth]


# What a case may expect of all the verdict, and how it is read off.
EXACTLY: dict[str, Callable[[Verdict], Any]] = {
    "state": lambda v: v.state,
    "next": lambda v: v.next_fact,
    "benefit_next": lambda v: v.benefit_fact,
    "unmet": lambda v: _conditions(v, False),
    "unknown": lambda v: _conditions(v, None),
    "conflicts": lambda v: [r.condition for r in v.reasons if r.conflict],
    "changes": lambda v: [c.condition for c in v.would_change],
    "change_from": lambda v: {c.condition: c.from_date for c in v.would_change if c.from_date},
    "total": lambda v: v.benefit.total,
    "line_conflicts": lambda v: [w.id for w in v.benefit.lines if w.conflict],
    "papers": lambda v: [d.id for d in v.documents],
    "notes": lambda v: [n.id for n in v.benefit.notes],
    "scheme_conflicts": lambda v: len(v.conflicts),
}
# ... and of the parts it names.
AMONG: dict[str, Callable[[Verdict], dict[str, Any]]] = {
    "met": lambda v: dict.fromkeys(_conditions(v, True), True),
    "amounts": lambda v: {w.id: w.amount for w in v.benefit.lines},
    "numbers": lambda v: {f"{w.id}.{name}": n for w in v.benefit.lines for name, n in w.numbers.items()},
    "provisional": lambda v: {w.id: list(w.provisional_on) for w in v.benefit.lines},
}


@dataclass(frozen=True)
class Case:
    scheme: str
    given: dict[str, Any]
    refused: frozenset[str]
    day: date
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.expected["name"])


def differences(case: Case, scheme: Scheme) -> Iterator[str]:
    """What the verdict says otherwise than the case."""
    verdict = decide(Facts.of(case.given, case.refused), scheme, case.day)
    for key, read in EXACTLY.items():
        if key in case.expected and read(verdict) != case.expected[key]:
            yield f"{key}: {read(verdict)}, not {case.expected[key]}"
    for key, among in AMONG.items():
        wanted, seen = case.expected.get(key, {}), among(verdict)
        named = dict.fromkeys(wanted, True) if isinstance(wanted, list) else wanted
        wrong = {name for name, value in named.items() if name not in seen or seen[name] != value}
        if wrong:
            yield f"{key}: {seen}, not {wanted}"


def agrees(case: Case, scheme: Scheme) -> bool:
    return not any(differences(case, scheme))


def _case(raw: dict[str, Any], file: dict[str, Any]) -> Case:
    expects = set(raw) - GIVEN
    assert expects, f"{raw['name']}: expects nothing"
    assert expects <= EXACTLY.keys() | AMONG.keys(), f"{raw['name']}: {expects}"
    base = {k: v for k, v in raw.get("only", file["base"]).items() if k not in raw.get("without", [])}
    refused = frozenset(raw.get("refused", ()))
    return Case(file["scheme"], {**base, **raw.get("facts", {})}, refused, raw.get("date", file["date"]), raw)


def read_cases() -> list[Case]:
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yml"))]
    return [_case(raw, file) for file in files for raw in file["cases"]]
