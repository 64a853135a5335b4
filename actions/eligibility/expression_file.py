"""Reads a condition from YAML: `{fact: age, at_least: 18}`, `all`, `any`, `not`, `share`, `date`."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import PlainValidator

from actions.eligibility.expression import All, Dated, Expression, Not, Share, Test, any_of
from actions.eligibility.facts import KINDS
from actions.eligibility.kinds import Whole
from actions.eligibility.operators import OPERATORS
from knowledge.yaml_lines import Location


class ExpressionFault(ValueError):
    """Where in the expression it is wrong, so that the line can be told."""

    def __init__(self, location: Location, message: str) -> None:
        self.location = location
        super().__init__(message)


def parse(raw: Any, at: Location = ()) -> Expression:
    if not isinstance(raw, dict) or not raw:
        raise ExpressionFault(at, "a condition is written as {fact: ..., at_least: ...}, all, any, not, share or date")
    if "fact" in raw:
        return _test(raw, at)
    if len(raw) != 1 or (key := next(iter(raw))) not in _FORMS:
        raise ExpressionFault(at, f"unknown condition {', '.join(map(str, raw))}; known: fact, {', '.join(_FORMS)}")
    return _FORMS[key](raw[key], (*at, key))


def _known(name: object, at: Location) -> str:
    if name not in KINDS:
        raise ExpressionFault(at, f"unknown fact {name}")
    return str(name)


def _test(raw: dict[str, Any], at: Location) -> Expression:
    name = _known(raw["fact"], (*at, "fact"))
    rest = [key for key in raw if key != "fact"]
    if len(rest) != 1 or rest[0] not in OPERATORS:
        raise ExpressionFault(at, f"bad operator {', '.join(map(str, rest))}; give one of {', '.join(OPERATORS)}")
    operator, argument, kind = OPERATORS[rest[0]], raw[rest[0]], KINDS[name]
    if not isinstance(kind, operator.kinds):
        raise ExpressionFault((*at, rest[0]), f"{rest[0]} does not fit {name}, a {type(kind).__name__}")
    if fault := operator.fault(kind, argument):
        raise ExpressionFault((*at, rest[0]), fault)
    return Test(name, rest[0], tuple(argument) if isinstance(argument, list) else argument)


def _parts(raw: Any, at: Location) -> tuple[Expression, ...]:
    if not isinstance(raw, list) or len(raw) < 2:
        raise ExpressionFault(at, "give a list of two or more conditions")
    return tuple(parse(part, (*at, i)) for i, part in enumerate(raw))


def _share(raw: Any, at: Location) -> Expression:
    if not isinstance(raw, dict) or set(raw) != {"of", "in", "at_least"}:
        raise ExpressionFault(at, "give of, in and at_least")
    for key in ("of", "in"):
        if not isinstance(KINDS[_known(raw[key], (*at, key))], Whole):
            raise ExpressionFault((*at, key), f"{raw[key]} is not a number")
    try:
        return Share(raw["of"], raw["in"], Fraction(str(raw["at_least"])))
    except (ValueError, ZeroDivisionError) as error:
        raise ExpressionFault((*at, "at_least"), f"{raw['at_least']} is not a share such as 2/3") from error


def _dated(raw: Any, at: Location) -> Expression:
    if not isinstance(raw, dict) or not raw or set(raw) - {"from", "until"}:
        raise ExpressionFault(at, "give from, until or both")
    for key, value in raw.items():
        if type(value) is not date:
            raise ExpressionFault((*at, key), f"{value!r} is not a date")
    return Dated(raw.get("from", date.min), raw.get("until", date.max))


_FORMS: dict[str, Callable[[Any, Location], Expression]] = {
    "all": lambda raw, at: All(_parts(raw, at)),
    "any": lambda raw, at: any_of(_parts(raw, at)),
    "not": lambda raw, at: Not(parse(raw, at)),
    "share": _share,
    "date": _dated,
}

# The plain function would be taken for one that wants pydantic's own second argument.
When = Annotated[Expression, PlainValidator(lambda raw: parse(raw))]
