"""What we know of a person or group. None is unknown, which is not false. The questions are in `facts.yml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, cast

from actions.eligibility.errors import FactError
from actions.eligibility.kinds import Choice, Day, Kind, Rupees, Value, Whole, YesNo


def _fact(kind: Kind) -> Any:
    return field(default=None, metadata={"kind": kind})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Declared in the order in which they are best asked: what is easy to say and rules out most comes first.

    `refused` names the facts which the person cannot or will not give, so that they are not asked again.
    """

    applicant: str | None = _fact(Choice(("person", "group", "company", "spv")))
    age: int | None = _fact(Whole(0, 120))
    up_resident: bool | None = _fact(YesNo())
    district_product: bool | None = _fact(YesNo())
    food_unit: bool | None = _fact(YesNo())
    unit: str | None = _fact(Choice(("new", "existing")))
    self_employed: bool | None = _fact(YesNo())
    sector: str | None = _fact(Choice(("manufacturing", "service", "trade", "farming")))
    woman: bool | None = _fact(YesNo())
    category: str | None = _fact(Choice(("general", "obc", "sc", "st", "minority")))
    disabled: bool | None = _fact(YesNo())
    rural: bool | None = _fact(YesNo())
    class_8: bool | None = _fact(YesNo())
    skill_training: bool | None = _fact(YesNo())
    bank_defaulter: bool | None = _fact(YesNo())
    other_subsidy: bool | None = _fact(YesNo())
    family_margin_money: bool | None = _fact(YesNo())
    family_toolkit: bool | None = _fact(YesNo())
    family_pmfme: bool | None = _fact(YesNo())
    family_pmv: bool | None = _fact(YesNo())
    family_govt_job: bool | None = _fact(YesNo())
    spouse_vssy: bool | None = _fact(YesNo())
    toolkit_received: bool | None = _fact(YesNo())
    toolkit_date: date | None = _fact(Day())
    central_loan: bool | None = _fact(YesNo())
    central_loan_repaid: bool | None = _fact(YesNo())
    central_loan_date: date | None = _fact(Day())
    tarun_repaid: bool | None = _fact(YesNo())
    mda_purpose: str | None = _fact(Choice(("fair_up", "fair_india", "fair_abroad", "online")))
    udyam: bool | None = _fact(YesNo())
    similar_help: bool | None = _fact(YesNo())
    similar_help_date: date | None = _fact(Day())
    fair_over: bool | None = _fact(YesNo())
    fair_ended: date | None = _fact(Day())
    mda_claims: int | None = _fact(Whole(0, 50))
    stall_cost: int | None = _fact(Rupees())
    freight_cost: int | None = _fact(Rupees())
    online_cost: int | None = _fact(Rupees())
    spv_registered: bool | None = _fact(YesNo())
    spv_members: int | None = _fact(Whole(1, 100_000))
    spv_makers: int | None = _fact(Whole(0, 100_000))
    spv_largest_share: int | None = _fact(Whole(0, 100, percent=True))
    spv_state_member: bool | None = _fact(YesNo())
    research_centre: bool | None = _fact(YesNo())
    vssy_trade: bool | None = _fact(YesNo())
    pmv_trade: bool | None = _fact(YesNo())
    project_cost: int | None = _fact(Rupees(low=1))
    pmegp_open: bool | None = _fact(YesNo())
    pmfme_open: bool | None = _fact(YesNo())
    refused: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in self.refused:
            kind_of(name)
        for name, value in self.known().items():
            _check(name, value)
        self._draw_conclusions()
        # What was told in the end is no longer refused, whichever came first.
        object.__setattr__(self, "refused", frozenset(self.refused) - self.known().keys())

    def _draw_conclusions(self) -> None:
        for name, (concluded, value) in FOLLOWS.items():
            if getattr(self, name) is None:
                continue
            if getattr(self, concluded) not in (None, value):
                raise FactError(name, f"given although {concluded} is {getattr(self, concluded)}")
            object.__setattr__(self, concluded, value)
        if self.spv_makers is not None and self.spv_members is not None and self.spv_makers > self.spv_members:
            raise FactError("spv_makers", f"{self.spv_makers} of {self.spv_members} members")

    @classmethod
    def of(cls, values: Mapping[str, object], refused: Iterable[str] = ()) -> "Facts":
        """From names and values, as a form or a file gives them; raises FactError."""
        for name in values:
            kind_of(name)
        return cls(**cast(Any, dict(values)), refused=frozenset(refused))

    def value(self, name: str) -> Value | None:
        kind_of(name)
        return cast(Value | None, getattr(self, name))

    def known(self) -> dict[str, Value]:
        return {name: value for name in KINDS if (value := getattr(self, name)) is not None}

    def told(self, name: str, value: object) -> "Facts":
        """With one more fact (or a corrected one)."""
        kind_of(name)
        return replace(self, **cast(Any, {name: value}))

    def refuse(self, name: str) -> "Facts":
        """The person does not know it or does not want to say it."""
        return replace(self, refused=self.refused | {name})


KINDS: dict[str, Kind] = {f.name: f.metadata["kind"] for f in fields(Facts) if "kind" in f.metadata}
ORDER: dict[str, int] = {name: place for place, name in enumerate(KINDS)}

# Who gives the day of a thing has said that it happened.
FOLLOWS: dict[str, tuple[str, Value]] = {
    "toolkit_date": ("toolkit_received", True),
    "similar_help_date": ("similar_help", True),
    "fair_ended": ("fair_over", True),
    "central_loan_date": ("central_loan", True),
    "central_loan_repaid": ("central_loan", True),
}


def kind_of(name: str) -> Kind:
    if name not in KINDS:
        raise FactError(name, "there is no such fact")
    return KINDS[name]


def _check(name: str, value: object) -> None:
    fault = KINDS[name].fault(value)
    if fault:
        raise FactError(name, fault)
