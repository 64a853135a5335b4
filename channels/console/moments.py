"""Times as staff read them: India's, short."""

from datetime import datetime, timedelta, timezone

INDIA = timezone(timedelta(hours=5, minutes=30))


def moment(at: datetime) -> str:
    return at.astimezone(INDIA).strftime("%d.%m.%Y %H:%M")


def clock(at: datetime) -> str:
    return at.astimezone(INDIA).strftime("%H:%M")
