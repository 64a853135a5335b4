"""When people of the helpline answer: the setting ACTIONS_STAFF_HOURS, such as "mon-sat 10:00-18:00"."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

INDIA = ZoneInfo("Asia/Kolkata")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FORM = re.compile(rf"({'|'.join(DAYS)})-({'|'.join(DAYS)}) (\d\d:\d\d)-(\d\d:\d\d)")


@dataclass(frozen=True)
class Hours:
    """Of every week, in Indian time; no holidays are known."""

    days: range
    opens: time
    closes: time

    def is_open(self, at: datetime) -> bool:
        here = at.astimezone(INDIA)
        return here.weekday() in self.days and self.opens <= here.time() < self.closes

    def next_opening(self, at: datetime) -> datetime:
        here = at.astimezone(INDIA)
        openings = (datetime.combine(here.date() + timedelta(days), self.opens, INDIA) for days in range(8))
        return next(opening for opening in openings if opening.weekday() in self.days and opening > here)


def read_hours(written: str) -> Hours | None:
    """None where it is empty: nobody answers in the chat. Raises ValueError for what cannot be read."""
    if not written.strip():
        return None
    match = _FORM.fullmatch(written.strip().lower())
    if not match:
        raise ValueError(f"not like 'mon-sat 10:00-18:00': {written!r}")
    days = range(DAYS.index(match[1]), DAYS.index(match[2]) + 1)
    opens, closes = time.fromisoformat(match[3]), time.fromisoformat(match[4])
    if not days or opens >= closes:
        raise ValueError(f"ends before it begins: {written!r}")
    return Hours(days, opens, closes)
