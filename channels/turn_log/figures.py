"""What the figures page adds up. Each function works inside a transaction of its caller."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Unpack

from sqlalchemy import Connection, Select, func, select, text

from channels.store.rows import AnyRow
from channels.store.tables import ContactRow, HandoverRow, OutboundRow
from channels.turn_log.persons import INDIA
from channels.turn_log.tables import CountRow

Pairs = list[tuple[str, int]]


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
    return _sums(connection, kind, CountRow.value, span)


def turns_by(connection: Connection, what: str, span: Range) -> Pairs:
    """Turns by `channel` or `language`."""
    return _sums(connection, "outcome", getattr(CountRow, what), span)


def by_day(connection: Connection, kind: str, span: Range) -> dict[date, dict[str, int]]:
    found = _of(select(CountRow.day, CountRow.value, func.sum(CountRow.count).label("times")), kind, span)
    days: dict[date, dict[str, int]] = {day: {} for day in span.days}
    for day, value, times in connection.execute(found.group_by(CountRow.day, CountRow.value)):
        days[day][value] = int(times)
    return days


def waiting(connection: Connection, span: Range) -> Sequence[AnyRow]:
    """When people were asked for, and when one came."""
    found = select(HandoverRow.asked_at, HandoverRow.taken_at)
    found = found.where(HandoverRow.asked_at >= span.begin, HandoverRow.asked_at < span.end)
    return connection.execute(_narrowed(found, span, HandoverRow.channel, HandoverRow.language)).all()


def not_delivered(connection: Connection, span: Range) -> Sequence[AnyRow]:
    """Messages that did not reach anybody, by channel, state and the provider's code."""
    parts = (ContactRow.channel, OutboundRow.state, OutboundRow.error_code)
    found = select(*parts, func.count().label("times")).join(ContactRow, ContactRow.id == OutboundRow.contact_id)
    failed = text("outbound.state IN ('failed', 'dead')")  # as the index says it: SQLite knows it by these words
    found = found.where(failed, OutboundRow.created_at >= span.begin, OutboundRow.created_at < span.end)
    found = _narrowed(found, span, ContactRow.channel, ContactRow.language)
    return connection.execute(found.group_by(*parts).order_by(func.count().desc())).all()


def _sums(connection: Connection, kind: str, column: Any, span: Range) -> Pairs:
    times = func.sum(CountRow.count)
    found = _of(select(column, times), kind, span).group_by(column).having(times > 0)
    return [(value, int(count)) for value, count in connection.execute(found.order_by(times.desc(), column))]


def _of(found: Select[Unpack[tuple[Any, ...]]], kind: str, span: Range) -> Select[Unpack[tuple[Any, ...]]]:
    days = CountRow.day.between(span.since, span.until)
    return _narrowed(found.where(CountRow.kind == kind, days), span, CountRow.channel, CountRow.language)


def _narrowed(
    found: Select[Unpack[tuple[Any, ...]]], span: Range, channel: Any, language: Any
) -> Select[Unpack[tuple[Any, ...]]]:
    found = found.where(channel == span.channel) if span.channel else found
    return found.where(language == span.language) if span.language else found
