"""CSV files of texts with a label, as HINT3 has them, and the predictions written beside them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.public.problems import DataError

OUT_OF_SCOPE = "NO_NODES_DETECTED"  # HINT3's name


@dataclass(frozen=True)
class Columns:
    """What the columns are called."""

    text: str = "sentence"
    label: str = "label"


@dataclass(frozen=True)
class Labelled:
    text: str
    label: str


@dataclass(frozen=True)
class Prediction:
    """The best label and how sure it is; whether it is given depends on the threshold."""

    label: str
    confidence: float

    def at(self, threshold: float, out_of_scope: str) -> str:
        return self.label if self.confidence >= threshold else out_of_scope


def read(path: Path, columns: Columns = Columns()) -> list[Labelled]:
    """All rows; DataError names what is missing."""
    if not path.is_file():
        raise DataError(f"there is no file {path}")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = {columns.text, columns.label} - set(rows.fieldnames or ())
        if missing:
            raise DataError(f"{path} has no column {' or '.join(sorted(missing))}")
        found = [Labelled(row[columns.text] or "", row[columns.label] or "") for row in rows]
    if not found:
        raise DataError(f"{path} has no rows")
    return found


def write(
    path: Path, rows: Sequence[Labelled], predictions: Sequence[Prediction], threshold: float, out_of_scope: str
) -> None:
    """One line a row: text, label, what was predicted, the best label whatever the threshold, how sure it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["sentence", "label", "predicted", "best", "confidence"])
        for row, one in zip(rows, predictions, strict=True):
            given = one.at(threshold, out_of_scope)
            writer.writerow([row.text, row.label, given, one.label, f"{one.confidence:.4f}"])
