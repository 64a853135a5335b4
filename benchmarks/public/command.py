"""The command `public`: what it can be asked, and where its report goes."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from benchmarks.errors import BenchmarkError
from benchmarks.places import BENCH, ROOT
from benchmarks.public import hint3, intents, labelled, xquad_r
from benchmarks.public.labelled import OUT_OF_SCOPE, Columns
from benchmarks.public.metrics import Figures

DESCRIPTION = """Measures the project's intent head and encoder on public data sets, read where they lie.
With --train and --test: any CSV files. The report goes to var/bench/public.md."""
REPORT = BENCH / "public.md"
_DATA = ROOT.parent / "shared" / "eval"
_METHODS = "of fitting (shipped pair); tuned also trains the encoder: PyTorch, minutes a bot"
_SETS = ("hint3", "xquad-r")


def options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("public data sets").add_argument
    add("--data", type=Path, default=_DATA, help="folder with hint3/ and xquad_r/ (%(default)s)")
    add("--only", choices=_SETS, help="one of the sets")
    add("--methods", nargs="+", choices=intents.METHODS, default=["shipped", "pair"], help=_METHODS)
    add("--threads", type=int, default=1, help="more are faster only if nothing else runs (%(default)s)")
    own = parser.add_argument_group("your own CSV files").add_argument
    own("--train", type=Path, help="CSV file to learn from")
    own("--test", type=Path, help="CSV file to predict")
    own("--text", default="sentence", help="name of the column with the text (%(default)s)")
    own("--label", default="label", help="name of the column with the label (%(default)s)")
    own("--out-of-scope", default=OUT_OF_SCOPE, help="label of what is out of scope (%(default)s)")
    own("--predictions", type=Path, default=BENCH / "public" / "predictions.csv", help="to write (%(default)s)")


def run(given: argparse.Namespace) -> None:
    with threadpool_limits(given.threads):  # waiting threads make a busy machine many times slower
        _run(given)


def _run(given: argparse.Namespace) -> None:
    if bool(given.train) != bool(given.test):
        raise BenchmarkError("--train and --test belong together")
    if given.train:
        return _own(given)
    sets = [given.only] if given.only else list(_SETS)
    for name in sets:
        body = _set(name, given)
        _part(name).write_text(f"## {name}\n\n{_when()}\n\n{body}\n", encoding="utf-8")
        print(f"\n{body}\n")
    texts = [_part(name).read_text(encoding="utf-8") for name in _SETS if _part(name).exists()]
    REPORT.write_text("# Public data sets\n\n" + "\n".join(texts), encoding="utf-8")


def _set(name: str, given: argparse.Namespace) -> str:
    if name == "hint3":
        return hint3.run(given.data / "hint3", intents.ways(given.methods, given.threads))
    return xquad_r.run(given.data / "xquad_r", given.threads)


def _own(given: argparse.Namespace) -> None:
    """With the last of the methods asked for."""
    name = given.methods[-1]
    fit = intents.ways([name], given.threads)[name]
    result = intents.files(given.train, given.test, Columns(given.text, given.label), fit, given.out_of_scope)
    threshold = result.honest.threshold
    labelled.write(given.predictions, result.rows, result.predictions, threshold, given.out_of_scope)
    print(f"{len(result.rows)} texts, method {name}, predictions in {given.predictions}")
    for title, one in (("chosen on the training file", result.honest), ("best on the test file", result.best)):
        print(f"threshold {title}: {_line(one)}")


def _line(one: Figures) -> str:
    return (
        f"{one.threshold:.2f}: accuracy {one.accuracy:.1%}, in scope {one.in_scope:.1%}, "
        f"recall of out of scope {one.recall:.1%}, MCC {100 * one.mcc:.1f}"
    )


def _part(name: str) -> Path:
    folder = BENCH / "public"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.md"


def _when() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {os.cpu_count()} cores, CPU only."
