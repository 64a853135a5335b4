"""Thirty made-up applications: every scheme, many districts, every stage of a margin money loan."""

import random
from datetime import date, timedelta

from actions.applications.directory import Application, Record, Step
from actions.applications.mobile import Mobile
from actions.applications.stages import Stages
from knowledge import districts

SEED = 20261115
DAY = date(2026, 11, 15)  # nothing in the demonstration is later
COUNT = 30
_LETTERS = {"margin_money": "MM", "skill_toolkit": "TK", "mda": "MD", "cfc": "CF"}
# The stages are in their usual order, but these are ends or side ways: nobody has passed through them.
_ASIDE = {"draft", "objection", "rejected_dic", "bank_rejected", "closed", "under_revision"}
_AFTER_DIC = {"rejected_dic": "committee", "bank_rejected": "forwarded_bank", "closed": "applied"}


def records(stages: Stages, until: date = DAY) -> list[Record]:
    """The same each time, but for the day at which the histories end."""
    chance = random.Random(SEED)
    places = chance.sample(sorted(districts.load().by_id), COUNT)
    return [
        _record(stages, scheme, code, place, i, until, chance)
        for i, ((scheme, code), place) in enumerate(zip(_wanted(stages), places, strict=True), 1)
    ]


def _wanted(stages: Stages) -> list[tuple[str, str]]:
    """Every stage of the loan, then those of the other schemes, as far as thirty go."""
    order = sorted(stages.by_scheme, key=list(_LETTERS).index)
    return [(scheme, code) for scheme in order for code in stages.by_scheme[scheme]][:COUNT]


def _record(
    stages: Stages, scheme: str, code: str, district: str, i: int, until: date, chance: random.Random
) -> Record:
    codes = _way(list(stages.by_scheme[scheme]), code)
    steps: list[Step] = []
    on = until - timedelta(days=chance.randint(3, 40))
    for stage in reversed(codes):
        steps.insert(0, Step(stage, on))
        on -= timedelta(days=760 if stage == "adjusted" else chance.randint(6, 35))
    written = f"ODOP/{_LETTERS[scheme]}/{steps[0].on:%y}/{i:06}"
    return Record(Application(written, scheme, district, tuple(steps)), Mobile(f"50000000{i:02}"))


def _way(codes: list[str], code: str) -> list[str]:
    """The stages passed through to reach `code`."""
    last = _AFTER_DIC.get(code, code)
    before = codes[: codes.index(last) + (last != code)]
    return [c for c in before if c not in _ASIDE and c != code] + [code]
