"""Rows for every table of a database, made up from its schema: whatever a store was like in some version."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    insert,
    select,
)

ROWS = 3  # the first of them has nothing where nothing need be
NOON, DAY = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC), date(2026, 11, 20)
Row = dict[str, Any]
Choices = Mapping[tuple[str, str], Sequence[str]]


def tables_of(connection: Connection, version_table: str) -> list[Table]:
    """As they are there, a table after those it points to."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != version_table]


def rows_of(connection: Connection, tables: Iterable[Table]) -> dict[str, list[Row]]:
    return {table.name: [dict(row._mapping) for row in connection.execute(_ordered(table))] for table in tables}


def fill(connection: Connection, tables: Iterable[Table], choices: Choices, first: int = 0) -> None:
    """`first`: the number of the first row; those of other numbers differ in all that must differ."""
    keys: dict[str, list[Any]] = {}
    for table in tables:
        for number in range(first, first + ROWS):
            values = {
                column.name: _value(table, column, number, number == first, choices, keys)
                for column in table.columns
                if column is not table.autoincrement_column  # the database counts on from there
            }
            made = connection.execute(insert(table).values(values))
            keys.setdefault(table.name, []).append(made.inserted_primary_key[0] if made.inserted_primary_key else None)


def _ordered(table: Table) -> Any:
    return select(table).order_by(*table.primary_key.columns)


def _value(
    table: Table, column: Column[Any], number: int, is_bare: bool, choices: Choices, keys: Mapping[str, list[Any]]
) -> Any:
    if is_bare and column.nullable:
        return None
    for key in column.foreign_keys:
        return keys[key.column.table.name][number % ROWS]
    if given := choices.get((table.name, column.name)):
        return given[number % len(given)]
    parts = list(table.primary_key.columns)
    return _plain(column, 0 if column in parts[:-1] else number)  # rows that share all of a key but its end


def _plain(column: Column[Any], number: int) -> Any:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, DateTime):
        return NOON + timedelta(hours=number)
    if isinstance(kind, Date):
        return DAY + timedelta(days=number)
    if isinstance(kind, JSON):
        return {"hi": number, "कर्ज़": [column.name, None]}
    return f"{number} {column.name} 'कर्ज़' \\ %s \"😀".ljust(40, "x")[: getattr(kind, "length", None)]
