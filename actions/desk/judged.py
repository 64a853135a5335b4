"""The verdict over what is filled in so far, in every language, with all that staff may be asked about it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from actions.desk.entries import sources, texts
from actions.desk.forms import TASK, asked, names
from actions.dialogue.field import Day
from actions.dialogue.state import State
from actions.dialogue.task import Occasion
from actions.district_sentences import LANGUAGES
from actions.eligibility import Facts, Verdict, decide
from actions.eligibility.errors import FactError
from actions.eligibility.facts import KINDS
from actions.eligibility.kinds import Value
from actions.eligibility.scheme import Conflict, Scheme
from actions.eligibility.verdict import Reason, WorkedBenefit, WorkedLine
from actions.eligibility_check.told import facts_of
from actions.eligibility_check.verdict import line_in_words
from actions.knowledge_base import knowledge_base

Given = Mapping[str, bool | int | str]
_TRUTHS = {True: "met", False: "not_met", None: "unknown"}


def judged(scheme: Scheme, given: Given, refused: Iterable[str], today: date) -> dict[str, Any]:
    """Raises FactError for a value that cannot be, or that another one contradicts."""
    state = _state(scheme, given, refused)
    verdict = decide(facts_of(state, knowledge_base().districts, today), scheme, today)
    wanted = TASK.next(state, today)
    return {
        "scheme": {"id": scheme.id, "name": texts(verdict.name)},
        "on": today.isoformat(),
        "state": verdict.state,
        "outcome": texts(verdict.outcome),
        "ask_next": asked(TASK.field(state, wanted)) if wanted else None,
        "reasons": [_reason(reason) for reason in verdict.reasons],
        "benefit": _benefit(verdict.benefit),
        "conflicts": _conflicts(verdict.all_conflicts),
        "would_change": [
            {
                "text": texts(change.text) if change.text else None,
                "from_date": change.from_date.isoformat() if change.from_date else None,
            }
            for change in verdict.would_change
        ],
        "documents": [{"name": texts(one.name), "required": one.required} for one in verdict.documents],
        "next_step": texts(verdict.next_step),
        "said": _said(state, today),
        "sources": sources(knowledge_base().retriever.library, _sources(verdict)),
        "as_of": scheme.as_of.isoformat(),
        "last_checked": scheme.last_checked.isoformat(),
    }


def _state(scheme: Scheme, given: Given, refused: Iterable[str]) -> State:
    known = set(names(scheme))
    told = {name: _value(name, value) for name, value in given.items() if _is_asked(name, known)}
    Facts.of({name: value for name, value in told.items() if name in KINDS})
    return State(TASK.kind, scheme.id, told, frozenset(name for name in refused if _is_asked(name, known)))


def _is_asked(name: str, known: set[str]) -> bool:
    if name not in known:
        raise FactError(name, "the scheme has no such fact")
    return True


def _value(name: str, given: bool | int | str) -> Value:
    kind = TASK.fields()[name].kind
    value: Value = given
    if isinstance(kind, Day) and isinstance(given, str):
        value = _day(name, given)
    if name == "district" and given not in knowledge_base().districts.by_id:
        raise FactError(name, "there is no such district")
    if fault := kind.fault(value):
        raise FactError(name, fault)
    return value


def _day(name: str, given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise FactError(name, "is not a date") from None


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "id": reason.condition,
        "state": _TRUTHS[reason.truth],
        "text": texts(reason.text),
        "facts": list(reason.facts),
        "confidence": reason.confidence,
        "conflict": texts(reason.conflict.text) if reason.conflict else None,
        "sources": list(reason.sources),
    }


def _benefit(benefit: WorkedBenefit) -> dict[str, Any]:
    return {
        "summary": texts(benefit.summary),
        "total": benefit.total,
        "lines": [_line(line) for line in benefit.lines],
        "notes": [{"text": texts(note.text), "confidence": note.confidence} for note in benefit.notes],
        "needs": list(benefit.needs),
    }


def _line(line: WorkedLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "role": line.role,
        "amount": line.amount,
        "text": {language: line_in_words(line, language) for language in LANGUAGES},
        "confidence": line.confidence,
        "conflict": texts(line.conflict.text) if line.conflict else None,
        "provisional_on": list(line.provisional_on),
        "sources": list(line.sources),
    }


def _conflicts(conflicts: Iterable[Conflict]) -> list[dict[str, Any]]:
    library = knowledge_base().retriever.library
    each = dict.fromkeys((tuple(texts(c.text).items()), tuple(c.sources)) for c in conflicts)
    return [{"text": dict(text), "sources": sources(library, ids)} for text, ids in each]


def _sources(verdict: Verdict) -> list[str]:
    conflicting = (source for conflict in verdict.all_conflicts for source in conflict.sources)
    return list(dict.fromkeys([*verdict.sources, *conflicting]))


def _said(state: State, today: date) -> dict[str, dict[str, str]]:
    """What the bot would say of it: whole, for an SMS, to be read aloud."""
    said: dict[str, dict[str, str]] = {"text": {}, "short": {}, "speech": {}}
    for language in LANGUAGES:
        parts = TASK.finish(state, Occasion(today, language, "web", "desk"))
        said["text"][language] = "\n".join(value for part in parts for value in part.values.values())
        said["short"][language] = " ".join(part.short for part in parts[:1] if part.short)
        said["speech"][language] = " ".join(part.speech for part in parts if part.speech)
    return said
