"""Which language a message is in: short answers, names, code-mixed and other languages among them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.metrics import confusion_matrix, f1_score, precision_recall_fscore_support
from tqdm import tqdm

from benchmarks.errors import NotPreparedError
from benchmarks.figures import share
from benchmarks.places import LANGUAGE_ITEMS
from benchmarks.tables import table
from benchmarks.understanding.messages import LANGUAGES
from benchmarks.understanding.reading import items, nothing_more, one_of, words
from benchmarks.understanding.section import Section, write_list
from knowledge.text.language import LanguageDetector
from knowledge.text.urdu import UrduReader

NULL, OTHER = "null", "other"  # too little to tell; a language not served
LABELS = (*LANGUAGES, NULL, OTHER)
Tell = Callable[[str], str]
_NOTE = """Macro-F1 is the mean F1 of the three languages served, over all items: an item of another language that is \
taken for one of them counts against it. "null" is too little to tell ("ok", a name), "other" a language not served. \
Hindi in Urdu letters counts as hi and is read in Devanagari first. The column with intervals is recall."""


@dataclass(frozen=True)
class Item:
    text: str
    label: str


def load(path: Path = LANGUAGE_ITEMS) -> list[Item]:
    return items(path, _item, f"text with a language: {', '.join(LABELS)}")


def _item(item: dict[str, Any]) -> Item:
    found = Item(words(item.pop("text")), one_of(item.pop("language") or NULL, LABELS))
    nothing_more(item)
    return found


def teller() -> Tell:
    """The detector as it is served."""
    try:
        detector, urdu = LanguageDetector.load(), UrduReader.load()
    except FileNotFoundError as error:
        raise NotPreparedError("The language part is not built: run `python -m knowledge build`.") from error

    def tell(text: str) -> str:
        found = detector.detect(urdu(text))
        return found.code or (OTHER if found.other else NULL)

    return tell


def section(asked: Sequence[Item], tell: Tell) -> Section:
    expected = [item.label for item in asked]
    got = [tell(item.text) for item in tqdm(asked, desc="languages", unit="message")]
    macro = float(f1_score(expected, got, labels=LANGUAGES, average="macro", zero_division=0))
    figures: dict[str, Any] = {"macro_f1": macro, "n": len(asked), "label": _scores(expected, got)}
    figures["confusions"] = _matrix(expected, got)
    note = f"{_NOTE} What was told wrongly: {_misses(asked, got)}."
    body = [f"Macro-F1 over {', '.join(LANGUAGES)}: **{macro:.4f}** ({len(asked)} items)", _table(figures), note]
    return Section("Languages", "\n\n".join(body), figures)


def _misses(asked: Sequence[Item], got: Sequence[str]) -> str:
    wrong = [(item, told) for item, told in zip(asked, got, strict=True) if item.label != told]
    return write_list("misses-languages", [{"expected": i.label, "got": told, "text": i.text} for i, told in wrong])


def _scores(expected: list[str], got: list[str]) -> dict[str, dict[str, float]]:
    columns = precision_recall_fscore_support(expected, got, labels=LABELS, zero_division=0)
    names = ("precision", "recall", "f1", "n")
    return {
        label: {name: float(column[i]) for name, column in zip(names, columns, strict=True)}
        for i, label in enumerate(LABELS)
    }


def _matrix(expected: list[str], got: list[str]) -> dict[str, dict[str, int]]:
    """By what was expected, then by what was told."""
    counts = confusion_matrix(expected, got, labels=LABELS)
    return {label: {told: int(counts[i][j]) for j, told in enumerate(LABELS)} for i, label in enumerate(LABELS)}


def _table(figures: dict[str, Any]) -> str:
    rows = []
    for label, score in figures["label"].items():
        told = figures["confusions"][label]
        scores = [f"{score['precision']:.3f}", share(told[label], int(score["n"])), f"{score['f1']:.3f}"]
        rows.append([label, str(int(score["n"])), *scores, *(str(told[other]) for other in LABELS)])
    return table(["expected", "n", "precision", "recall", "F1", *(f"told {label}" for label in LABELS)], rows)
