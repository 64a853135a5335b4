"""A scheme as data, as a file must give it (`scheme_file.py` reads it)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from actions.eligibility.expression_file import When
from actions.eligibility.kinds import Rupees
from knowledge.entry import ByLanguage, Slug, Strict
from knowledge.entry import Scheme as SchemeId

Confidence = Literal["high", "medium", "low"]
State = Literal["eligible", "not_eligible", "need_more"]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
Sources = Annotated[tuple[Slug, ...], Field(min_length=1)]
Amount = Annotated[int, Field(ge=Rupees().low, le=Rupees().high)]
Percent = Annotated[int, Field(ge=1, le=100)]


class Part(Strict):
    model_config = ConfigDict(arbitrary_types_allowed=True)


class Conflict(Part):
    """What another source says. Said always, or only where `matters_when` holds."""

    text: ByLanguage
    sources: Sources
    matters_when: When | None = None


class Stated(Part):
    """Something a source says, from a day or until one."""

    sources: Sources
    confidence: Confidence
    valid_from: date = date.min
    valid_until: date = date.max

    def applies(self, on: date) -> bool:
        return self.valid_from <= on <= self.valid_until


class Condition(Stated):
    id: Slug
    when: When
    met: ByLanguage
    not_met: ByLanguage
    unknown: ByLanguage
    change: ByLanguage | None = None  # what the person can do so that it is met, where anything can be done
    conflict: Conflict | None = None


class Option(Part):
    """A part of a fact in percent, or a fixed amount; the first option that applies counts."""

    text: ByLanguage
    when: When | None = None
    up_to: Amount | None = None
    percent: Percent | None = None
    counted_up_to: Amount | None = None
    at_least: Amount | None = None
    at_most: Amount | None = None
    amount: Amount | None = None
    times: Annotated[int, Field(ge=1, le=366)] = 1
    conflict: Conflict | None = None

    @model_validator(mode="after")
    def _percent_or_amount(self) -> "Option":
        if (self.percent is None) == (self.amount is None):
            raise ValueError("give either percent or amount")
        if self.amount is not None and (self.counted_up_to, self.at_least, self.at_most) != (None, None, None):
            raise ValueError("counted_up_to, at_least and at_most go with percent")
        return self


class Line(Stated):
    """One line of the working: what is given, what is one's own, what the bank lends."""

    id: Key
    role: Literal["benefit", "own", "loan", "limit"]
    of: str | None = None
    when: When | None = None
    options: tuple[Option, ...] = ()
    less: tuple[Key, ...] = ()
    text: ByLanguage | None = None
    round: Literal["down", "up"] = "down"
    settled: bool = True  # false: a figure is known, but not sure enough to be given as the amount

    @model_validator(mode="after")
    def _options_or_rest(self) -> "Line":
        if bool(self.options) == bool(self.less):
            raise ValueError("give either options or less")
        if self.less and (self.text is None or self.of is None):
            raise ValueError("a rest needs of and text")
        if self.of is None and any(o.percent or o.up_to for o in self.options):
            raise ValueError("a percentage needs of")
        return self


class Note(Stated):
    """What goes with the benefit and is no amount: when it is paid, what it is bound to."""

    id: Slug
    text: ByLanguage
    when: When | None = None


class Sum(Part):
    """Instead of these answers of the knowledge the lines are said, worked out on the amount that a question names.

    `of`: the fact that the amount is; `given`: what else these answers are about.
    """

    answers: Annotated[tuple[Slug, ...], Field(min_length=1)]
    of: Key
    given: dict[Key, str] = Field(default_factory=dict)


class Benefit(Part):
    summary: ByLanguage
    sums: tuple[Sum, ...] = ()
    lines: tuple[Line, ...] = ()
    notes: tuple[Note, ...] = ()


class Document(Part):
    id: Slug
    name: ByLanguage
    required: bool = True
    when: When | None = None


class ByState(Part):
    eligible: ByLanguage
    not_eligible: ByLanguage
    need_more: ByLanguage

    def __getitem__(self, state: State) -> ByLanguage:
        return {"eligible": self.eligible, "not_eligible": self.not_eligible, "need_more": self.need_more}[state]


class Authority(Part):
    """Who has the last word; `outcome` says the verdict without promising anything."""

    id: Slug
    name: ByLanguage
    outcome: ByState


class NextStep(Part):
    """Counts instead, for who seems eligible, where `when` holds."""

    when: When
    text: ByLanguage


class Scheme(Part):
    id: SchemeId
    programme: Literal["own", "linked"]
    name: ByLanguage
    authority: Authority
    as_of: date
    last_checked: date
    sources: Sources
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]
    conflicts: tuple[Conflict, ...] = ()
    benefit: Benefit
    documents: tuple[Document, ...] = ()
    next_step: ByState
    next_step_when: tuple[NextStep, ...] = ()
