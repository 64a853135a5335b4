"""Facts as hypothesis makes them up: any valid ones, contradictions left out."""

from datetime import date
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from actions.eligibility.errors import FactError
from actions.eligibility.facts import KINDS, Facts
from actions.eligibility.kinds import Choice, Kind, Whole, YesNo

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
# Where rules turn: so that both sides are met often.
_EDGES = [0, 1, 2, 3, 10, 11, 14, 17, 18, 20, 21, 40, 41, 500_000, 500_001, 1_000_000, 2_500_000, 2_500_001]
_EDGES += [5_000_000, 5_000_001, 15_000_000, 15_000_001, 150_000_000, 150_000_001]


def values(kind: Kind) -> st.SearchStrategy[Any]:
    if isinstance(kind, YesNo):
        return st.booleans()
    if isinstance(kind, Choice):
        return st.sampled_from(kind.options)
    if isinstance(kind, Whole):
        edges = [edge for edge in _EDGES if kind.low <= edge <= kind.high]
        return st.sampled_from(edges) | st.integers(kind.low, kind.high)
    return DAYS


@st.composite
def valid_facts(draw: st.DrawFn, refuse: bool = True) -> Facts:
    names = draw(st.sets(st.sampled_from(sorted(KINDS))))
    given = {name: draw(values(KINDS[name])) for name in sorted(names)}
    refused = draw(st.sets(st.sampled_from(sorted(KINDS)))) if refuse else set()
    try:
        return Facts.of(given, refused)
    except FactError:
        assume(False)
        raise
