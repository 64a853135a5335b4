"""What a scheme must keep beyond its form: known sources, whole texts, no verdict without a reason."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from string import Formatter
from typing import Any

from actions.eligibility.facts import KINDS
from actions.eligibility.kinds import Rupees
from actions.eligibility.scheme import Line, Option, Scheme
from knowledge.entry import ByLanguage
from knowledge.errors import Problem
from knowledge.yaml_lines import Document, Location


def checks(document: Document, scheme: Scheme, known_sources: set[str]) -> Iterator[Problem]:
    yield from _place(document, scheme)
    yield from _sources(document, document.data, (), known_sources)
    yield from _names(document, scheme)
    yield from _always_a_reason(document, scheme)
    for i, line in enumerate(scheme.benefit.lines):
        yield from _line(document, line, ("benefit", "lines", i), [known.id for known in scheme.benefit.lines[:i]])
    yield from _sums(document, scheme)


def _place(document: Document, scheme: Scheme) -> Iterator[Problem]:
    if document.path.stem != scheme.id:
        yield document.problem(("id",), f"the file is named {document.path.name}, the id is {scheme.id}")
    if scheme.as_of > scheme.last_checked:
        yield document.problem(("last_checked",), f"checked on {scheme.last_checked}, before {scheme.as_of}")


def _sources(document: Document, data: Any, at: Location, known: set[str]) -> Iterator[Problem]:
    """Wherever sources are named, however deep."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in parts:
        if key != "sources":
            yield from _sources(document, value, (*at, key), known)
            continue
        for i, source in enumerate(value):
            if source not in known:
                yield document.problem((*at, key, i), f"unknown source {source}")


def _names(document: Document, scheme: Scheme) -> Iterator[Problem]:
    named = {"conditions": [c.id for c in scheme.conditions], "documents": [d.id for d in scheme.documents]}
    for key, names in named.items():
        for name in (n for n, count in Counter(names).items() if count > 1):
            yield document.problem((key,), f"{name} is there twice")


def _always_a_reason(document: Document, scheme: Scheme) -> Iterator[Problem]:
    """One condition at least holds on every day, else a verdict could come without any."""
    if all(c.valid_from > date.min or c.valid_until < date.max for c in scheme.conditions):
        yield document.problem(("conditions",), "every condition is dated: on some day there would be none")


def _sums(document: Document, scheme: Scheme) -> Iterator[Problem]:
    for i, one in enumerate(scheme.benefit.sums):
        for name in (one.of, *one.given):
            if name not in KINDS:
                yield document.problem(("benefit", "sums", i), f"unknown fact {name}")


def _line(document: Document, line: Line, at: Location, earlier: list[str]) -> Iterator[Problem]:
    if line.id in earlier:
        yield document.problem((*at, "id"), f"{line.id} is there twice")
    if line.of is not None and not isinstance(KINDS.get(line.of), Rupees):
        yield document.problem((*at, "of"), f"{line.of} is not a fact in rupees")
    for i, name in enumerate(line.less):
        if name not in earlier:
            yield document.problem((*at, "less", i), f"no line {name} before this one")
    if line.text:
        yield from _gaps(document, line.text, (*at, "text"), {"base", "amount", *line.less})
    for i, option in enumerate(line.options):
        yield from _gaps(document, option.text, (*at, "options", i, "text"), _numbers(option, line.settled))


def _numbers(option: Option, settled: bool) -> set[str]:
    """What the words of an option may name; an unsettled amount is not said."""
    if option.percent is None:
        names = {"each", "times", "amount"}
    else:
        names = {"base", "counted", "percent", "share", "amount"}
        limits = {"floor": option.at_least, "cap": option.at_most, "counted_up_to": option.counted_up_to}
        names |= {name for name, limit in limits.items() if limit is not None}
    return names if settled else names - {"amount"}


def _gaps(document: Document, text: ByLanguage, at: Location, known: set[str]) -> Iterator[Problem]:
    gaps = {language: {name for _, name, _, _ in Formatter().parse(words) if name} for language, words in text.items()}
    for language, names in gaps.items():
        if names - known:
            wrong = ", ".join(sorted(names - known))
            yield document.problem((*at, language), f"no number {wrong}; known: {', '.join(sorted(known))}")
        elif names != gaps["en"]:
            yield document.problem((*at, language), "other gaps than in English")
