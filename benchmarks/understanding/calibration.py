"""Whether a probability means what it says: of the answers given 0.8, eight in ten should be right."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from benchmarks.figures import mean, share
from benchmarks.places import BENCH
from benchmarks.tables import table
from benchmarks.understanding import plot
from benchmarks.understanding.messages import LANGUAGES, Message
from benchmarks.understanding.offline import Offline, served
from benchmarks.understanding.section import Section
from knowledge.retrieval.questions import OUT_OF_SCOPE

BINS = 10
FIGURE = BENCH / "calibration.svg"
_NOTE = """The likeliest label (an entry, or out of scope) of each message that the district rules leave to retrieval. \
Each cell: how many · their mean probability · how many of them are right. Expected calibration error: the mean \
distance of the two, weighted by how many."""


@dataclass(frozen=True)
class Guess:
    """What came first for a message, before any threshold."""

    message: Message
    label: str
    probability: float

    @property
    def right(self) -> bool:
        if self.message.group == "out_of_scope":
            return self.label == OUT_OF_SCOPE
        return self.message.kind == "entry" and self.label in self.message.expected


@dataclass(frozen=True)
class Bin:
    low: float
    n: int
    probability: float
    right: int

    @property
    def gap(self) -> float:
        return abs(self.probability - self.right / self.n) if self.n else 0.0


def guess_all(messages: Sequence[Message], offline: Offline) -> list[Guess]:
    bar = tqdm(served(messages), desc="probabilities", unit="message")
    best = ((message, offline.best(message.text)) for message in bar)
    return [Guess(message, *found) for message, found in best if found]


def bins(guesses: Sequence[Guess]) -> list[Bin]:
    """Ten of equal width; a probability of 1 belongs to the last."""
    places = [min(int(guess.probability * BINS), BINS - 1) for guess in guesses]
    sorted_in = [[g for g, place in zip(guesses, places, strict=True) if place == i] for i in range(BINS)]
    return [_bin(i / BINS, some) for i, some in enumerate(sorted_in)]


def _bin(low: float, some: Sequence[Guess]) -> Bin:
    probability = mean([guess.probability for guess in some]) if some else 0.0
    return Bin(low, len(some), probability, sum(guess.right for guess in some))


def error(found: Sequence[Bin]) -> float:
    """The expected calibration error."""
    total = sum(one.n for one in found)
    return sum(one.gap * one.n for one in found) / total if total else 0.0


def section(guesses: Sequence[Guess], figure: Path = FIGURE) -> Section:
    curves = {code: bins([g for g in guesses if code in (g.message.language, "all")]) for code in (*LANGUAGES, "all")}
    points = {code: [(b.probability, b.right / b.n, b.n) for b in found if b.n] for code, found in curves.items()}
    plot.draw(points, figure)
    body = f"{_table(curves)}\n\n{_NOTE} Drawn in var/bench/{figure.name}."
    return Section("Calibration", body, {code: _figures(found) for code, found in curves.items()})


def _table(curves: dict[str, list[Bin]]) -> str:
    ranges = [f"{i / BINS:.1f}–{(i + 1) / BINS:.1f}" for i in range(BINS)]
    rows = [[name, *(_cell(found[i]) for found in curves.values())] for i, name in enumerate(ranges)]
    rows.append(["calibration error", *(f"{error(found):.3f}" for found in curves.values())])
    return table(["probability", *curves], rows)


def _cell(one: Bin) -> str:
    return f"{one.n} · {one.probability:.2f} · {share(one.right, one.n).split(' · ')[1]}" if one.n else "–"


def _figures(found: Sequence[Bin]) -> dict[str, Any]:
    return {
        "n": sum(one.n for one in found),
        "expected_calibration_error": error(found),
        "bins": [{"from": b.low, "n": b.n, "probability": b.probability, "right": b.right} for b in found],
    }
