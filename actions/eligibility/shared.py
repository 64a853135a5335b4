"""What several schemes say alike (`shared.yml`). Sources stay with each scheme."""

from actions.eligibility.expression_file import When
from actions.eligibility.scheme import ByState, Conflict, Part
from knowledge.entry import ByLanguage, Slug


class SharedCondition(Part):
    when: When | None = None  # where only the day or the number differs, each scheme gives its own
    met: ByLanguage
    not_met: ByLanguage
    unknown: ByLanguage
    change: ByLanguage | None = None
    conflict: Conflict | None = None


class SharedDocument(Part):
    name: ByLanguage
    required: bool = True
    when: When | None = None


class SharedAuthority(Part):
    name: ByLanguage
    outcome: ByState


class Shared(Part):
    conditions: dict[Slug, SharedCondition]
    documents: dict[Slug, SharedDocument]
    authorities: dict[Slug, SharedAuthority]
