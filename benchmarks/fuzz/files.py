"""Files that people hand in: applications as CSV, entries, recorded calls."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from actions.applications import stages
from actions.applications.csv_import import import_file
from actions.applications.csv_rows import COLUMNS, RowReader
from actions.applications.errors import FileProblem
from actions.applications.service import open_store
from actions.applications.settings import Settings
from actions.content.desk import of_file
from benchmarks.fuzz.console import ENTRY
from benchmarks.fuzz.entrance import Entrance
from benchmarks.fuzz.values import any_json, as_json, fields, hostile, mostly, people, written_numbers
from channels.transcripts import recorded
from knowledge import entries_loader
from knowledge.errors import EntryError
from knowledge.paths import ENTRIES

_TODAY = date(2026, 11, 22)
_HEAD = ",".join(COLUMNS)
_SOURCE = "{title: {hi: a, en: a}, publisher: b, date: '2025', url: null, kind: news}"


def _rows() -> SearchStrategy[bytes]:
    numbers = mostly(st.integers(0, 3000).map("ODOP/MM/26/{:06}".format))
    history = mostly(st.sampled_from(["applied 2026-09-01", "applied 2026-09-01; dic_scrutiny 12-09-2026"]), hostile)
    row = st.tuples(
        numbers, mostly(st.just("margin_money")), mostly(st.sampled_from(["lucknow", "आगरा", "Banda"])),
        mostly(st.integers(0, 99).map("50000000{:02}".format), written_numbers), history,
    ).map(",".join)  # fmt: skip
    lines = st.lists(mostly(row, st.one_of(hostile, st.text('",;\n\r\x00ab', max_size=30)), of=12), max_size=6)
    head = mostly(st.just(_HEAD), hostile, of=15)
    written = st.builds(lambda first, rest: "\n".join([first, *rest]).encode("utf-8", "surrogatepass"), head, lines)
    return mostly(written, st.one_of(st.binary(max_size=200), written.map(lambda text: text[::2])), of=20)


_SIGNS = (
    "a: &a [*a]\n", "? [a, b]\n: c\n", "<<: {a: b}\n", "- " * 900 + "a\n", "[" * 900, "a: =\n",
    "a: !!python/object:x {}\n", "2025-13-45: 1\n", "a: 1\na: 2\n", "--- a\n--- b\n", "a: 0o9\n", "a: 9999-99-99\n",
    "a: !!bool maybe\n", "a: !!int x\n", "a: !!int ''\n", "as_of: 2025-02-30\n", "%YAML 9\n---\n",
    "? {a: b}\n: c\n",
    "a: " + "[" * 5000 + "]" * 5000 + "\n", "a: &x 1\n*x : 2\n", "a: .inf\n", "!!set {a}\n",
    "a: 2025-01-01T99:99:99Z\n",
)  # fmt: skip


@contextmanager
def _applications(folder: Path) -> Iterator[Entrance]:
    opened = open_store(Settings(_env_file=None))  # type: ignore[call-arg]
    known, path = stages.load(), folder / "applications.csv"

    def send(content: bytes) -> bool:
        path.write_bytes(content)
        try:
            done = import_file(
                path, opened.applications, RowReader(known, _TODAY, made_up_mobiles=True), 2, lambda _: None
            )
        except FileProblem:
            return False
        return not done.bad

    try:
        yield Entrance("CSV of applications", _rows(), send, 3)
    finally:
        opened.close()


def _entry_files() -> SearchStrategy[bytes]:
    whole = next(ENTRIES.glob(f"*/{ENTRY}.yml")).read_text(encoding="utf-8")
    whole = re.sub(r"(?m)^follow_ups:.*\n", "", whole)  # the entries that they name are not there
    data = {key: value for key, value in (of_file(ENTRY) or {}).items() if key != "follow_ups"}
    texts = st.dictionaries(st.one_of(st.sampled_from(["hi", "hi-Latn", "en", "ur"]), hostile), hostile, max_size=4)
    values = st.one_of(hostile, texts, st.lists(hostile, max_size=3), any_json, st.dates())
    spoilt = st.dictionaries(
        mostly(st.sampled_from([*data, "speech", "conflicts", "task"])), values, min_size=1, max_size=2
    )
    as_yaml = spoilt.map(lambda changes: _dumped({**data, **changes}))
    cut = st.builds(
        lambda at, text, to: whole[:at] + text + whole[to:],
        *[st.integers(0, len(whole)), hostile, st.integers(0, len(whole))],
    )
    signs = st.sampled_from(_SIGNS)
    more = st.one_of(cut, st.builds(lambda sign: whole + sign, signs), signs, hostile).map(_encoded)
    return st.one_of(as_yaml, more, mostly(st.just(whole.encode()), st.binary(max_size=100), of=2))


def _dumped(data: Any) -> bytes:
    try:
        return _encoded(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    except yaml.YAMLError:
        return as_json(data)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _entries(folder: Path) -> Entrance:
    topic = next(ENTRIES.glob(f"*/{ENTRY}.yml")).parent.name
    path, sources = folder / "entries" / topic / f"{ENTRY}.yml", folder / "sources.yml"
    path.parent.mkdir(parents=True)
    names = (of_file(ENTRY) or {})["sources"]
    sources.write_text("".join(f"{name}: {_SOURCE}\n" for name in names), encoding="utf-8")

    def send(content: bytes) -> bool:
        path.write_bytes(content)
        entries_loader._read_entry.cache_clear()  # it remembers by the time of the last change
        try:
            entries_loader.load(folder / "entries", sources, _TODAY, overlay=folder / "none")
        except EntryError:
            return False
        return True

    return Entrance("entry files", _entry_files(), send, 4)


def _calls(folder: Path) -> Entrance:
    path = folder / "calls.jsonl"
    line = fields(
        {
            "call_id": mostly(st.just("c1")),
            "sequence": mostly(st.integers(0, 9), any_json),
            "text": st.one_of(people, hostile),
        }
    )
    judged = fields(
        {
            "call_id": st.just("c1"),
            "sequence": st.integers(0, 9),
            "text": hostile,
            "entry": any_json,
            "outcome": any_json,
        }
    )
    lines = st.lists(st.one_of(line.map(as_json), judged.map(as_json), st.binary(max_size=60)), max_size=5)
    content = st.builds(lambda mark, all: mark + b"\n".join(all), st.sampled_from([b"", b"\xef\xbb\xbf"]), lines)

    def send(content: bytes) -> bool:
        path.write_bytes(content)
        recording = recorded.load(path)
        for call in recording.calls:
            for heard in call:
                str(heard.spoken_in)
        return not recording.problems

    return Entrance("recorded calls to replay", content, send, 5)


@contextmanager
def entrances(folder: Path) -> Iterator[list[Entrance]]:
    with ExitStack() as stack:
        yield [stack.enter_context(_applications(folder)), _entries(folder), _calls(folder)]
