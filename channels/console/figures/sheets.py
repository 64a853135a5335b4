"""The figures as tables: each has a name, heads and rows, and says how it is drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Literal

from sqlalchemy import Connection

from channels.console import districts, words
from channels.turn_log import figures
from channels.turn_log.counting import SLOWEST
from channels.turn_log.figures import Pairs, Range

Cell = str | int | float | None
Chart = Literal["bars", "line", "none"]
NOT_ANSWERED = ("not_understood", "out_of_scope", "unavailable")
_ANSWERED = ("answered", "verdict_given", "status_given")
_MARKS = ("up", "down", "wrong")
_SPEEDS = ("1", "3", "8", SLOWEST)
_ENTRIES = 100


@dataclass(frozen=True)
class Sheet:
    """`heads` are keys of words; the first column names the row, the second is what is drawn."""

    key: str
    heads: tuple[str, ...]
    rows: list[list[Cell]]
    chart: Chart = "bars"


@dataclass(frozen=True)
class Reader:
    """What the tables are made with."""

    connection: Connection
    span: Range
    language: str
    districts_file: Path

    def word(self, key: str) -> str:
        """What has no word of its own is shown as it is."""
        key = f"figures.{key}"
        return words.say(self.language, key) if words.has(key) else key.partition("_")[2] or key


def _days(reader: Reader) -> Sheet:
    kinds = ("outcome", "people", "mark")
    ended, people, marks = (figures.by_day(reader.connection, kind, reader.span) for kind in kinds)
    rows = [
        [day.isoformat(), *_ended(ended[day], people[day]), *(marks[day].get(mark, 0) for mark in _MARKS)]
        for day in reader.span.days
    ]
    heads = ("day", "turns", "people", "were_answered", "were_not", "handed_over", *_MARKS)
    return Sheet("days", heads, rows, "line")


def _ended(outcomes: dict[str, int], people: dict[str, int]) -> list[Cell]:
    answered, not_answered = (sum(outcomes.get(name, 0) for name in names) for names in (_ANSWERED, NOT_ANSWERED))
    turns, handed_over = sum(outcomes.values()), outcomes.get("handed_over", 0)
    return [turns, sum(people.values()), answered, not_answered, handed_over]


def _shares(key: str, pairs: Pairs, name: Callable[[str], str]) -> Sheet:
    whole = sum(count for _, count in pairs)
    rows: list[list[Cell]] = [[name(value), count, round(100 * count / whole, 1)] for value, count in pairs]
    return Sheet(key, (key, "turns", "percent"), rows)


def _outcomes(reader: Reader) -> Sheet:
    return _shares("outcomes", figures.by(reader.connection, "outcome", reader.span), reader.word)


def _channels(reader: Reader) -> Sheet:
    pairs = figures.turns_by(reader.connection, "channel", reader.span)
    return _shares("channels", pairs, lambda name: reader.word(f"channel_{name}"))


def _languages(reader: Reader) -> Sheet:
    pairs = figures.turns_by(reader.connection, "language", reader.span)
    return _shares("languages", pairs, lambda name: reader.word(f"language_{name or 'none'}"))


def _topics(reader: Reader) -> Sheet:
    pairs = figures.by(reader.connection, "topic", reader.span)
    return _shares("topics", pairs, lambda name: reader.word(f"topic_{name}"))


def _tasks(reader: Reader) -> Sheet:
    pairs = figures.by(reader.connection, "task", reader.span)
    return _shares("tasks", pairs, lambda name: reader.word(f"task_{name}"))


def _entries(reader: Reader) -> Sheet:
    return _shares("entries", figures.by(reader.connection, "entry", reader.span)[:_ENTRIES], str)


def _districts(reader: Reader) -> Sheet:
    """All 75: that nobody asks from one is a figure too."""
    counts = dict(figures.by(reader.connection, "district", reader.span))
    counts |= {each: 0 for each in districts.names(reader.districts_file) if each not in counts}
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    named: list[list[Cell]] = [
        [districts.name(reader.districts_file, each, reader.language), count] for each, count in ranked
    ]
    return Sheet("districts", ("districts", "turns"), named)


def _marks(reader: Reader) -> Sheet:
    counts = dict(figures.by(reader.connection, "mark", reader.span))
    return Sheet("marks", ("marks", "answers"), [[reader.word(each), counts.get(each, 0)] for each in _MARKS])


def _speed(reader: Reader) -> Sheet:
    counts = dict(figures.by(reader.connection, "speed", reader.span))
    return Sheet("speed", ("speed", "turns"), [[reader.word(f"speed_{each}"), counts.get(each, 0)] for each in _SPEEDS])


def _waiting(reader: Reader) -> Sheet:
    """How long people waited for a person, in minutes."""
    days = figures.waiting(reader.connection, reader.span)
    rows = [[day.isoformat(), *_waited(waited)] for day, waited in days.items()]
    return Sheet("waiting", ("day", "median_minutes", "nine_of_ten", "asked", "came"), rows, "line")


def _waited(waited: Sequence[float | None]) -> list[Cell]:
    minutes = [each for each in waited if each is not None]
    if not minutes:
        return [None, None, len(waited), 0]
    ninth = quantiles(minutes, n=10)[8] if len(minutes) > 1 else minutes[0]
    return [round(median(minutes), 1), round(ninth, 1), len(waited), len(minutes)]


def _failures(reader: Reader) -> Sheet:
    rows: list[list[Cell]] = [
        [
            f"{reader.word(f'channel_{row.channel}')}: {row.error_code or '–'}",
            row.times,
            reader.word(f"state_{row.state}"),
        ]
        for row in figures.not_delivered(reader.connection, reader.span)
    ]
    return Sheet("failures", ("failures", "messages", "state"), rows)


SHEETS: dict[str, Callable[[Reader], Sheet]] = {
    "days": _days, "outcomes": _outcomes, "marks": _marks, "waiting": _waiting, "channels": _channels,
    "languages": _languages, "topics": _topics, "tasks": _tasks, "districts": _districts, "entries": _entries,
    "speed": _speed, "failures": _failures,
}  # fmt: skip
