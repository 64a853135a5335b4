"""A scheme's facts as a form: the questions of the dialogue, all at once."""

from collections.abc import Iterator
from typing import Any

from actions.desk.entries import texts
from actions.dialogue.field import Choice, Day, Field, FreeText, Named, Whole, YesNo
from actions.eligibility import load
from actions.eligibility.kinds import Rupees
from actions.eligibility.scheme import Benefit, Scheme
from actions.eligibility_check.task import EligibilityTask
from actions.eligibility_check.told import DISTRICT, OWN_PRODUCT, PRODUCT
from actions.knowledge_base import knowledge_base

TASK = EligibilityTask()
_KINDS = (
    (YesNo, "yes_no"), (Choice, "choice"), (Day, "day"), (Rupees, "rupees"), (Whole, "number"), (FreeText, "text"),
)  # fmt: skip


def schemes() -> list[dict[str, Any]]:
    """The programme's own before the linked ones."""
    ordered = sorted(load().values(), key=lambda scheme: scheme.programme != "own")
    return [{"id": s.id, "name": texts(s.name), "programme": s.programme} for s in ordered]


def form(scheme: Scheme) -> dict[str, Any]:
    return {
        "id": scheme.id,
        "name": texts(scheme.name),
        "as_of": scheme.as_of.isoformat(),
        "last_checked": scheme.last_checked.isoformat(),
        "fields": [_field(TASK.fields()[name]) for name in names(scheme)],
    }


def names(scheme: Scheme) -> list[str]:
    """In the order of asking. District and product stand before the question they answer for most."""
    wanted = set(_of_conditions(scheme)) | set(_of_benefit(scheme.benefit))
    wanted |= {DISTRICT, PRODUCT} if OWN_PRODUCT in wanted else set()
    ordered = [name for name in TASK.fields() if name in wanted and name not in (DISTRICT, PRODUCT)]
    place = ordered.index(OWN_PRODUCT) if OWN_PRODUCT in wanted else 0
    return [*ordered[:place], *(name for name in (DISTRICT, PRODUCT) if name in wanted), *ordered[place:]]


def _of_conditions(scheme: Scheme) -> Iterator[str]:
    for condition in scheme.conditions:
        yield from condition.when.names()


def _of_benefit(benefit: Benefit) -> Iterator[str]:
    for line in benefit.lines:
        yield from [line.of] if line.of else []
        for when in (line.when, *(option.when for option in line.options)):
            yield from when.names() if when else ()


def _field(field: Field) -> dict[str, Any]:
    choices = {value: texts(name) for value, name in field.choices.items()}
    if isinstance(field.kind, Named):
        choices = {district.id: dict(district.name) for district in knowledge_base().districts.by_id.values()}
    limits = {"low": field.kind.low, "high": field.kind.high} if isinstance(field.kind, Whole) else {}
    return (
        asked(field)
        | limits
        | {
            "kind": next((name for kind, name in _KINDS if isinstance(field.kind, kind)), "choice"),
            "choices": [{"value": value, "name": name} for value, name in choices.items()],
        }
    )


def asked(field: Field) -> dict[str, Any]:
    return {"name": field.name, "question": texts(field.question), "why": texts(field.why)}
