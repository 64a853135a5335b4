"""What the command line does. Each gives the exit code."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tqdm import tqdm

from actions.applications import csv_import, csv_rows, number_words, sentences, stages
from actions.applications import demo as made_up
from actions.applications.directory import Record
from actions.applications.errors import FileProblem, SettingsError
from actions.applications.service import Opened, open_store
from actions.applications.settings import Settings
from actions.letters.store import remove_expired

Command = Callable[[argparse.Namespace, Settings], int]
_CODES_KEPT = timedelta(days=1)


def import_csv(arguments: argparse.Namespace, settings: Settings) -> int:
    path = Path(arguments.file)
    report = Path(arguments.report) if arguments.report else path.with_suffix(".bad.csv")
    in_development = settings.environment == "development"
    reader = csv_rows.RowReader(
        stages.load(), date.today(), settings.application_number_pattern, made_up_mobiles=in_development
    )
    total = csv_import.rows_in(path)
    with _opened(settings) as store, tqdm(total=total, unit="row", disable=None, leave=False) as bar:
        done = csv_import.import_file(path, store.applications, reader, max(1, arguments.batch), bar.update)
    counts = done.counts
    print(f"{counts.new} new, {counts.changed} changed, {counts.same} unchanged, {done.bad_rows} bad")
    if done.bad or report.exists():
        csv_import.write_report(report, done.bad)
    if done.bad:
        print(f"bad rows are listed in {report}", file=sys.stderr)
    return 1 if done.bad else 0


def export_csv(arguments: argparse.Namespace, settings: Settings) -> int:
    """Complete or not at all: written aside, then put in place."""
    path = Path(arguments.file)
    aside = path.with_name(path.name + ".part")
    try:
        with _opened(settings) as store, _private(aside) as number:
            with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
                count = csv_rows.write(tqdm(store.applications.every(), unit="row", disable=None, leave=False), file)
            aside.replace(path)
    except OSError as error:
        raise FileProblem(f"{path.name} cannot be written: {error.strerror}") from None
    print(f"{count} applications written")
    return 0


def demonstrate(arguments: argparse.Namespace, settings: Settings) -> int:
    if settings.environment != "development":
        raise SettingsError("ENVIRONMENT: made-up applications are for development only")
    records = made_up.records(stages.load())
    with _opened(settings) as store:
        counts = store.applications.put(records)
    for record in records:
        print(_listed(record))
    print(f"{counts.new} new, {counts.changed} changed, {counts.same} unchanged")
    return 0


def check(arguments: argparse.Namespace, settings: Settings) -> int:
    """Raises EntryError with file and line of each mistake."""
    schemes = stages.load().by_scheme
    sentences.load()
    number_words.load()
    print(f"{sum(map(len, schemes.values()))} stages of {len(schemes)} schemes, sentences and number words are right")
    return 0


def migrate(arguments: argparse.Namespace, settings: Settings) -> int:
    with _opened(settings):
        print("the tables are up to date")
    return 0


def tidy(arguments: argparse.Namespace, settings: Settings) -> int:
    now = datetime.now(UTC)
    with _opened(settings) as store:
        codes, lookups = store.records.forget(now - _CODES_KEPT, now - timedelta(days=arguments.days))
        letters = remove_expired(store.engine, now)
    print(f"{codes} codes, {lookups} look-ups and {letters} letters removed")
    return 0


def _listed(record: Record) -> str:
    """The mobile is made up, so it is shown."""
    a = record.application
    return f"{a.number}  {record.mobile.digits}  {a.scheme:13} {a.district:20} {a.stage.code} {a.stage.on}"


@contextmanager
def _opened(settings: Settings) -> Iterator[Opened]:
    store = open_store(settings)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _private(path: Path) -> Iterator[int]:
    """A file for its owner only; gone again if it was not finished."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        yield number
    finally:
        path.unlink(missing_ok=True)
