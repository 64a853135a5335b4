"""CSV rows: read strictly, written back the same, and each mistake told with line, field and reason."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from application_tools import record
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.applications import csv_rows, demo, stages
from actions.applications.csv_import import import_file
from actions.applications.csv_rows import COLUMNS, BadRow, RowReader
from actions.applications.directory import Application, Record, Step
from actions.applications.errors import ApplicationsUnavailable, FileProblem
from actions.applications.mobile import Mobile
from actions.applications.store import Counts
from knowledge import districts

TODAY = date(2026, 11, 20)
STAGES = stages.load()
GOOD = {
    "number": "ODOP/MM/26/001234",
    "scheme": "margin_money",
    "district": "lucknow",
    "mobile": "5000000042",
    "history": "applied 2026-09-01; dic_scrutiny 2026-09-12",
}


def read(text: str, **others: bool) -> list[Record | BadRow]:
    found: list[Record | BadRow] = []
    for _, row in RowReader(STAGES, TODAY, made_up_mobiles=others.get("made_up", True)).rows(io.StringIO(text)):
        found += row if isinstance(row, list) else [row]
    return found


def file_of(*rows: dict[str, str]) -> str:
    lines = [",".join(COLUMNS)] + [",".join(f'"{row[c]}"' for c in COLUMNS) for row in rows]
    return "\n".join(lines) + "\n"


def written(records: Sequence[Record]) -> str:
    file = io.StringIO()
    assert csv_rows.write(records, file) == len(records)
    return file.getvalue()


@st.composite
def some_records(draw: st.DrawFn) -> list[Record]:
    numbers = draw(st.lists(st.integers(0, 999_999), min_size=1, max_size=5, unique=True))
    found = []
    for count in numbers:
        scheme = draw(st.sampled_from(sorted(STAGES.by_scheme)))
        days = sorted(draw(st.lists(st.integers(0, 2000), min_size=1, max_size=6)))
        codes = [draw(st.sampled_from(sorted(STAGES.by_scheme[scheme]))) for _ in days]
        history = tuple(
            Step(code, date(2020, 1, 1) + timedelta(days=day)) for code, day in zip(codes, days, strict=True)
        )
        district = draw(st.sampled_from(sorted(districts.load().by_id)))
        application = Application(f"ODOP/MM/26/{count:06}", scheme, district, history)
        mobile = draw(st.from_regex(r"[6-9][0-9]{9}", fullmatch=True))
        found.append(Record(application, Mobile(mobile)))
    return found


@settings(max_examples=60)
@given(some_records())
def test_what_is_written_is_read_again_the_same(records: list[Record]) -> None:
    assert read(written(records)) == records


@given(st.text())
def test_any_text_is_read_or_refused_without_failing(text: str) -> None:
    for start in ("", ",".join(COLUMNS) + "\n"):
        try:
            found = read(start + text)
        except FileProblem:
            continue
        assert all(isinstance(row, BadRow) for row in found)


def test_a_good_row_becomes_an_application() -> None:
    assert read(file_of(GOOD)) == [
        Record(
            Application(
                "ODOP/MM/26/001234",
                "margin_money",
                "lucknow",
                (Step("applied", date(2026, 9, 1)), Step("dic_scrutiny", date(2026, 9, 12))),
            ),
            Mobile("5000000042"),
        )
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("district", "Lucknow"),
        ("district", "लखनऊ"),
        ("mobile", "+91 50000 00042"),
        ("mobile", "५००००००0४२"),
        ("history", "applied 01-09-2026; dic_scrutiny 12/09/2026"),
        ("history", " applied 2026-09-01 ;dic_scrutiny  2026-09-12; "),
        ("number", " ODOP/MM/26/001234 "),
    ],
)
def test_ways_of_writing_the_same_row_are_read_the_same(field: str, value: str) -> None:
    assert read(file_of({**GOOD, field: value})) == read(file_of(GOOD))


MISTAKES = {
    "no number": ("number", "", "not an application number"),
    "a number with other signs": ("number", "ODOP*MM*26*001234", "not an application number"),
    "a formula": ("number", "=1+1", "not an application number"),
    "a mobile for a number": ("number", "9876543210", "not an application number"),
    "an unknown scheme": ("scheme", "lottery", "not a scheme"),
    "a scheme without stages here": ("scheme", "pmegp", "not a scheme"),
    "a district elsewhere": ("district", "Delhi", "not a district"),
    "half a name of two districts": ("district", "Kanpur", "not a district"),
    "a short mobile": ("mobile", "98765", "not an Indian mobile"),
    "a foreign mobile": ("mobile", "+14155550123", "not an Indian mobile"),
    "no stage": ("history", "", "no stage"),
    "a stage of another scheme": ("history", "kit_given 2026-09-01", "not a stage of margin_money"),
    "a stage without a date": ("history", "applied", "not written as"),
    "a day that is none": ("history", "applied 2026-02-30", "not a date"),
    "the American way": ("history", "applied 09/25/2026", "not a date"),
    "a date to come": ("history", "applied 2026-11-21", "in the future"),
    "a date before the programme": ("history", "applied 2017-12-31", "before 2018"),
    "dates out of order": ("history", "applied 2026-09-12; dic_scrutiny 2026-09-01", "before the one before"),
}


@pytest.mark.parametrize(("field", "value", "reason"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_line_field_and_reason(field: str, value: str, reason: str) -> None:
    other = {**GOOD, "number": "ODOP/MM/26/000001"}
    found = read(file_of(other, {**GOOD, field: value}))
    assert len(found) == 2
    bad = found[1]
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.field) == (3, field)
    assert reason in bad.reason
    assert not value or len(value) < 5 or value not in bad.reason


def test_every_mistake_of_a_row_is_told_at_once() -> None:
    found = read(file_of({**GOOD, "number": "x", "scheme": "x", "district": "x", "mobile": "x", "history": "x"}))
    assert [row.field for row in found if isinstance(row, BadRow)] == list(COLUMNS)


@pytest.mark.parametrize("again", ["ODOP/MM/26/001234", "odop-mm-26-001234", "MM26001234"])
def test_a_number_given_twice_is_told_with_the_line_of_the_first(again: str) -> None:
    found = read(file_of(GOOD, {**GOOD, "number": again}))
    assert found[1:] == [BadRow(3, "number", "the same number as on line 2, or one that cannot be told from it")]


def test_made_up_mobiles_are_refused_where_they_do_not_belong() -> None:
    assert isinstance(read(file_of(GOOD), made_up=False)[0], BadRow)


def test_rows_with_too_few_or_too_many_fields_are_told_and_empty_lines_passed_over() -> None:
    found = read(",".join(COLUMNS) + "\na,b\n\n , , , ,\n1,2,3,4,5,6\n")
    assert found == [BadRow(2, "", "2 fields, not 5"), BadRow(5, "", "6 fields, not 5")]


@pytest.mark.parametrize("text", ["", "number;scheme", "mobile,number,scheme,district,history\n"])
def test_a_file_without_the_header_is_refused(text: str) -> None:
    with pytest.raises(FileProblem, match="first line"):
        read(text)


class Remembering:
    def __init__(self) -> None:
        self.batches: list[int] = []

    def put(self, records: list[Record]) -> Counts:
        self.batches.append(len(records))
        return Counts(new=len(records))


def importing(path: Path, batch: int = 10) -> tuple[Remembering, list[int], int]:
    store, progress = Remembering(), list[int]()
    reader = RowReader(STAGES, TODAY, made_up_mobiles=True)
    done = import_file(path, store, reader, batch, progress.append)
    return store, progress, done.counts.new


def test_rows_are_stored_in_batches_and_progress_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(written([record(f"ODOP/MM/26/{i:06}") for i in range(25)]), encoding="utf-8-sig")
    store, progress, new = importing(path)
    assert (store.batches, progress, new) == ([10, 10, 5], [10, 10, 5], 25)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "not UTF-8"),
        (",".join(COLUMNS).encode() + b"\n\xe0\xa4", "not UTF-8"),
        (",".join(COLUMNS).encode() + b'\n"never closed', "not CSV"),
    ],
)
def test_a_file_that_is_no_csv_is_refused_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=said):
        importing(path)


def test_a_file_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be read"):
        importing(tmp_path / "none.csv")


def test_a_store_that_fails_is_not_mistaken_for_a_bad_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(file_of(GOOD), encoding="utf-8")

    class Gone:
        def put(self, records: list[Record]) -> Counts:
            raise ApplicationsUnavailable("gone")

    with pytest.raises(ApplicationsUnavailable):
        import_file(path, Gone(), RowReader(STAGES, TODAY, made_up_mobiles=True), 10, lambda _: None)


def test_the_demonstration_is_thirty_good_rows_and_the_same_each_time() -> None:
    made = demo.records(STAGES)
    assert made == demo.records(STAGES)
    assert read(written(made)) == made
    assert len(made) == 30
    assert len({r.application.district for r in made}) == 30
    assert {r.application.scheme for r in made} == set(STAGES.by_scheme)
    loans = {r.application.stage.code for r in made if r.application.scheme == "margin_money"}
    assert loans == set(STAGES.by_scheme["margin_money"])


def test_mobiles_of_the_demonstration_can_reach_nobody() -> None:
    assert all(r.mobile.is_made_up for r in demo.records(STAGES))


def test_line_ends_do_not_matter() -> None:
    assert read(file_of(GOOD).replace("\n", "\r\n")) == read(file_of(GOOD))
