"""One scheme's verdict in words; the sentences are the engine's (actions/eligibility), the labels words.yml's."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from actions.days import written
from actions.dialogue.said import Button, Said
from actions.dialogue.words import load
from actions.district_words import listed
from actions.eligibility import Verdict
from actions.eligibility.scheme import Document
from actions.eligibility.verdict import WorkedBenefit, WorkedLine
from actions.money import spoken_rupees
from knowledge.amounts.written import rupees

PATH = Path(__file__).with_name("words.yml")
_COUNTS = ("percent", "times")  # all other numbers are rupees
_MOST_SOURCES, _MOST_CONFLICTS = 4, 2


def label(name: str, language: str, **values: str) -> str:
    return load(PATH)[name][language].format(**values)


def in_words(verdict: Verdict, others: Iterable[Verdict], language: str) -> list[Said]:
    """The verdict with its reasons or its sum, then papers and the next step. `others`: schemes to look at instead."""
    parts = {"eligible": _eligible, "not_eligible": _not_eligible, "need_more": _open}[verdict.state]
    lines = [f"{verdict.name[language]}: {verdict.outcome[language]}", *parts(verdict, language)]
    others = list(others) if verdict.state == "not_eligible" else []
    first = Said(
        "utter_verdict",
        {"verdict": "\n".join([*lines, *_to_mind(verdict, language)])},
        sources=verdict.sources[:_MOST_SOURCES],
        outcome="verdict_given",
        short=_short(verdict, language),
        speech=_speech(verdict, "en" if language == "en" else "hi"),
    )
    return [first, _next(verdict, others, language)]


def _short(verdict: Verdict, language: str) -> str:
    total = verdict.benefit.total if verdict.state == "eligible" else None
    outcome = verdict.outcome[language]
    return f"{outcome} {label('total', language, total=rupees(total, language))}" if total else outcome


def _speech(verdict: Verdict, language: str) -> str:
    told = totals(verdict.benefit, language, spoken_rupees) if verdict.state == "eligible" else ()
    return " ".join([verdict.outcome[language], *told])


def totals(benefit: WorkedBenefit, language: str, written: Callable[[int, str], str]) -> Iterator[str]:
    """The help, what is one's own to pay and what is owed: nobody may hear the help alone and sign for a debt."""
    own, loan = (sum(line.amount or 0 for line in benefit.lines if line.role == role) for role in ("own", "loan"))
    for name, amount in (("total", benefit.total), ("own", own), ("loan", loan)):
        if amount:
            yield label(f"spoken_{name}", language, amount=written(amount, language))


def _eligible(verdict: Verdict, language: str) -> Iterator[str]:
    if verdict.benefit.lines:
        yield label("money", language)
        yield from (f"• {line_in_words(line, language)}" for line in verdict.benefit.lines)
    else:
        yield verdict.benefit.summary[language]


def line_in_words(line: WorkedLine, language: str) -> str:
    numbers = {name: str(n) if name in _COUNTS else rupees(n, language) for name, n in line.numbers.items()}
    return line.text[language].format(**numbers)


def _not_eligible(verdict: Verdict, language: str) -> Iterator[str]:
    unmet = [reason.text[language] for reason in verdict.reasons if reason.truth is False]
    yield f"{label('because', language)} {' '.join(unmet)}"
    changes = [change.text[language] for change in verdict.would_change if change.text]
    if changes:
        yield f"{label('change', language)} {' '.join(changes)}"
    days = [change.from_date for change in verdict.would_change if change.from_date]
    if days and len(days) == len(unmet):
        yield label("from_day", language, day=written(max(days), language))


def _open(verdict: Verdict, language: str) -> Iterator[str]:
    """What is not known; the sum all the same, for the case that the rest holds."""
    if verdict.benefit.lines:
        yield from _eligible(verdict, language)
    unknown = [reason.text[language] for reason in verdict.reasons if reason.truth is None]
    yield f"{label('open', language)} {' '.join(unknown)}"


def _to_mind(verdict: Verdict, language: str) -> list[str]:
    """What goes with the money, and where sources disagree."""
    notes = [note.text[language] for note in verdict.benefit.notes[:1]] if verdict.state == "eligible" else []
    said = verdict.state != "not_eligible" or any(r.conflict for r in verdict.reasons if r.truth is False)
    conflicts = dict.fromkeys(conflict.text[language] for conflict in verdict.all_conflicts if said)
    lines = [*notes, *list(conflicts)[:_MOST_CONFLICTS]]
    return [label("mind", language), *(f"• {line}" for line in lines)] if lines else []


def _next(verdict: Verdict, others: list[Verdict], language: str) -> Said:
    lines = [verdict.next_step[language]]
    if verdict.state != "not_eligible" and verdict.documents:
        lines.append(_papers(verdict, language))
    elif others:
        names = listed([other.name[language] for other in others], language)
        lines.append(label("elsewhere", language, names=names))
    return Said(
        "utter_verdict_next",
        {"next": "\n".join(lines)},
        tuple(scheme_button(other, language) for other in others),
        outcome="verdict_given",
        short=verdict.next_step[language],
        speech=verdict.next_step["en" if language == "en" else "hi"],
    )


def _papers(verdict: Verdict, language: str) -> str:
    names = ", ".join(_paper(document, language) for document in verdict.documents)
    return label("papers", language, papers=names)


def _paper(document: Document, language: str) -> str:
    """One that says itself when it is needed is left as it is."""
    name = document.name[language]
    sure = document.required or name.endswith(")")
    return name if sure else label("may_need", language, paper=name)


def scheme_button(verdict: Verdict, language: str) -> Button:
    return Button(verdict.name[language], f"task:eligibility.{verdict.scheme}")
