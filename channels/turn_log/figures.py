"""What the figures page adds up. Each function works inside a transaction of its caller."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Unpack

from sqlalchemy import Connection, Select, extract, func, select, text

from channels.store.rows import AnyRow
from channels.store.tables import ContactRow, HandoverRow, OutboundRow
from channels.turn_log.persons import INDIA, day_of
from channels.turn_log.tables import CountRow, TotalRow

Pairs = list[tuple[str, int]]
_DAY = 24 * 3600
_OFFSET = int(timedelta(hours=5, minutes=30).total_seconds())  # India's, all year


@dataclass(frozen=True)
class Range:
    """Days in India, both included; channel and language narrow it."""

    since: date
    until: date
    channel: str | None = None
    language: str | None = None

    @property
    def days(self) -> list[date]:
        return [self.since + timedelta(days=day) for day in range((self.until - self.since).days + 1)]

    @property
    def begin(self) -> datetime:
        return datetime.combine(self.since, time(), INDIA)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.until + timedelta(days=1), time(), INDIA)


def by(connection: Connection, kind: str, span: Range) -> Pairs:
    """Sums by value, the largest first."""
    table = _table(span)
    return _sums(connection, table, kind, table.value, span)


def turns_by(connection: Connection, what: str, span: Range) -> Pairs:
    """Turns by `channel` or `language`."""
    return _sums(connection, CountRow, "outcome", getattr(CountRow, what), span)


def by_day(connection: Connection, kind: str, span: Range) -> dict[date, dict[str, int]]:
    table = _table(span)
    found = _of(select(table.day, table.value, func.sum(table.count).label("times")), table, kind, span)
    days: dict[date, dict[str, int]] = {day: {} for day in span.days}
    for day, value, times in connection.execute(found.group_by(table.day, table.value)):
        days[day][value] = int(times)
    return days


def waiting(connection: Connection, span: Range) -> dict[date, list[float | None]]:
    """By the day on which people were asked for: minutes until one came, None where none did.

    In seconds since 1970, which are read many times faster than moments are."""
    found = select(extract("epoch", HandoverRow.asked_at), extract("epoch", HandoverRow.taken_at))
    found = found.where(HandoverRow.asked_at >= span.begin, HandoverRow.asked_at < span.end)
    found = _narrowed(found, span, HandoverRow.channel, HandoverRow.language).order_by(HandoverRow.asked_at)
    days: dict[int, list[float | None]] = {}
    for asked, taken in connection.execute(found):
        minutes = None if taken is None else float(taken - asked) / 60
        days.setdefault(int(asked + _OFFSET) // _DAY, []).append(minutes)
    return {day_of(datetime.fromtimestamp(day * _DAY, UTC)): waited for day, waited in days.items()}


def not_delivered(connection: Connection, span: Range) -> Sequence[AnyRow]:
    """Messages that did not reach anybody, by channel, state and the provider's code."""
    parts = (ContactRow.channel, OutboundRow.state, OutboundRow.error_code)
    found = select(*parts, func.count().label("times")).join(ContactRow, ContactRow.id == OutboundRow.contact_id)
    failed = text("outbound.state IN ('failed', 'dead')")  # as the index says it: SQLite knows it by these words
    found = found.where(failed, OutboundRow.created_at >= span.begin, OutboundRow.created_at < span.end)
    found = _narrowed(found, span, ContactRow.channel, ContactRow.language)
    return connection.execute(found.group_by(*parts).order_by(func.count().desc())).all()


def _table(span: Range) -> Any:
    """Where nothing is narrowed, the sums over channels and languages are there already."""
    return CountRow if span.channel or span.language else TotalRow


def _sums(connection: Connection, table: Any, kind: str, column: Any, span: Range) -> Pairs:
    times = func.sum(table.count)
    found = _of(select(column, times), table, kind, span).group_by(column).having(times > 0)
    return [(value, int(count)) for value, count in connection.execute(found.order_by(times.desc(), column))]


def _of(found: Select[Unpack[tuple[Any, ...]]], table: Any, kind: str, span: Range) -> Select[Unpack[tuple[Any, ...]]]:
    found = found.where(table.kind == kind, table.day.between(span.since, span.until))
    return _narrowed(found, span, CountRow.channel, CountRow.language)


def _narrowed(
    found: Select[Unpack[tuple[Any, ...]]], span: Range, channel: Any, language: Any
) -> Select[Unpack[tuple[Any, ...]]]:
    found = found.where(channel == span.channel) if span.channel else found
    return found.where(language == span.language) if span.language else found
