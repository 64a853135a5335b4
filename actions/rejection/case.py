"""What was told of a refused loan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

NOT_TOLD = "not_told"


@dataclass(frozen=True)
class Case:
    """None: not known. `ombudsman`: he has the complaint already. `written`: the bank's reason is on paper."""

    forwarded: bool | None = None
    complained: bool | None = None
    complained_on: date | None = None
    replied: bool | None = None
    replied_on: date | None = None
    ombudsman: bool | None = None
    court: bool | None = None
    reason: str | None = None
    written: bool | None = None


def case_of(told: Mapping[str, Any], today: date) -> Case:
    """Who names the day of a thing has said that it happened; a day that cannot be is not known."""
    complained_on = _past(told.get("complained_on"), today)
    replied_on = _past(told.get("replied_on"), today)
    if complained_on and replied_on and replied_on < complained_on:
        replied_on = None
    replied = True if replied_on else told.get("bank_replied")
    ombudsman = told.get("ombudsman")
    reason = told.get("reason")
    return Case(
        forwarded=told.get("forwarded"),
        # The Ombudsman comes after the bank: whoever went there complained before, unless he says no.
        complained=True if complained_on or replied else told.get("complained", ombudsman or None),
        complained_on=complained_on,
        replied=replied,
        replied_on=replied_on,
        ombudsman=ombudsman,
        court=told.get("court"),
        reason=reason,
        written=False if reason == NOT_TOLD else told.get("reason_written"),
    )


def _past(day: date | None, today: date) -> date | None:
    return day if day and day <= today else None
