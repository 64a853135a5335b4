"""When people of the helpline answer in the chat: the setting ACTIONS_STAFF_HOURS, such as "mon-sat 10:00-18:00"."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FORM = re.compile(r"([a-z]{3})-([a-z]{3}) (\d{2}:\d{2})-(\d{2}:\d{2})")


@dataclass(frozen=True)
class StaffHours:
    """Of every week, in Indian time; no holidays are known."""

    days: frozenset[int]
    opens: time
    closes: time

    def is_open(self, now: datetime) -> bool:
        return now.weekday() in self.days and self.opens <= now.time() < self.closes

    def next_opening(self, now: datetime) -> datetime:
        """The next time from now on at which somebody begins to answer."""
        openings = (datetime.combine(now.date() + timedelta(n), self.opens, now.tzinfo) for n in range(8))
        return next(at for at in openings if at.weekday() in self.days and at > now)


def read_hours(written: str) -> StaffHours | None:
    """None where it is empty: nobody answers in the chat. Raises ValueError for what cannot be read."""
    if not written.strip():
        return None
    match = _FORM.fullmatch(written.strip().lower())
    if not match or not {match[1], match[2]} <= set(_DAYS):
        raise ValueError(f"not like 'mon-sat 10:00-18:00': {written!r}")
    first, last = _DAYS.index(match[1]), _DAYS.index(match[2])
    opens, closes = time.fromisoformat(match[3]), time.fromisoformat(match[4])
    if first > last or opens >= closes:
        raise ValueError(f"ends before it begins: {written!r}")
    return StaffHours(frozenset(range(first, last + 1)), opens, closes)
