"""When a person of the helpline answers, as the sentences that promise one need it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.days import written
from actions.settings import Settings
from common.hours import read_hours


@dataclass(frozen=True)
class DeskTime:
    """`values` fill the gaps of a sentence: `until` while the desk is open, else `day` and `time` of its opening."""

    is_open: bool
    values: Mapping[str, str]


def desk_time(language: str, now: datetime) -> DeskTime | None:
    """None where nobody ever answers in the chat. `now` in Indian time."""
    hours = read_hours(Settings().staff_hours)
    if hours is None:
        return None
    if hours.is_open(now):
        return DeskTime(True, {"until": _clock(hours.closes.strftime("%H:%M"))})
    opening = hours.next_opening(now)
    values = {"day": written(opening.date(), language), "time": _clock(opening.strftime("%H:%M"))}
    return DeskTime(False, values)


def _clock(time: str) -> str:
    """10:00 -> 10, as people say it."""
    hour, minute = (int(part) for part in time.split(":"))
    return re.sub(r":00$", "", f"{(hour - 1) % 12 + 1}:{minute:02}")
