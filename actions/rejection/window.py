"""From when and until when the RBI Ombudsman can be gone to, under the scheme in force since 1 July 2026.

Sources: rbi-ombudsman-note-2026, cooperative-ombudsman-2026 (both of high confidence).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from actions.rejection.case import Case

SCHEME_BEGAN = date(2026, 7, 1)
BANK_DAYS = timedelta(days=30)
WINDOW = timedelta(days=90)


@dataclass(frozen=True)
class Window:
    """He takes the complaint on `sure_until` for certain, after `last_possible` no more; between them it depends."""

    sure_until: date
    last_possible: date


def bank_has_until(complained_on: date) -> date:
    return complained_on + BANK_DAYS


def window_of(case: Case, today: date) -> Window | None:
    """90 days from the end of the bank's 30 or from its last reply, whichever is later; None: no day is known."""
    end = bank_has_until(case.complained_on) if case.complained_on else None
    known = [day for day in (end, case.replied_on) if day]
    return Window(max(known) + WINDOW, _latest_start(case, end, today) + WINDOW) if known else None


def _latest_start(case: Case, end: date | None, today: date) -> date:
    """The latest day from which the 90 may count, where a day is not known."""
    if end is None:
        return bank_has_until(case.replied_on or today)  # the complaint was made on the day of the reply at the latest
    if case.replied is False:
        return end
    return max(end, case.replied_on or today)
