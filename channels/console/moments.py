"""Times as staff read them: India's, short."""

import re
from datetime import datetime, timedelta, timezone

INDIA = timezone(timedelta(hours=5, minutes=30))
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def moment(at: datetime) -> str:
    return at.astimezone(INDIA).strftime("%d.%m.%Y %H:%M")


def plain_day(written: str) -> str:
    """2026-11-21 as 21.11.2026; what is no day stays."""
    day = _DAY.fullmatch(written)
    return f"{day[3]}.{day[2]}.{day[1]}" if day else written


def clock(at: datetime) -> str:
    return at.astimezone(INDIA).strftime("%H:%M")
