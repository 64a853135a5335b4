"""`python -m benchmarks growth`: four tables of processor time, and a picture of them."""

import argparse
from collections.abc import Mapping, Sequence

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from benchmarks import report
from benchmarks.growth import conversation, entries, messages, store
from benchmarks.growth.row import Row
from benchmarks.places import BENCH
from benchmarks.steps import Steps
from benchmarks.tables import table

PICTURE = BENCH / "growth.svg"
_CHARACTERS = (1, 10, 30, 100, 300, 1000)
_SAID = (1, 30, 100, 200)
_ENTRIES = (100, 300, 1000, 3000, 10_000)
_TURNS = (10_000, 100_000, 1_000_000)
_LEAST_DRAWN = 1e-3


def run(given: argparse.Namespace) -> None:
    measured = {
        "message length": (messages, _CHARACTERS, messages.HEAD),
        "conversation": (conversation, _SAID, conversation.HEAD),
        "entries": (entries, [n for n in _ENTRIES if n <= given.entries], entries.HEAD),
        "turns in the store": (store, [n for n in _TURNS if n <= given.turns], store.HEAD),
    }
    bar, found = Steps(len(measured)), dict[str, list[Row]]()
    for name, (module, sizes, _) in measured.items():
        with bar.step(name):
            found[name] = list(module.rows(sizes))
    bar.close()
    heads = {name: head for name, (_, _, head) in measured.items()}
    _draw(found, heads)
    tables = "\n\n".join(table(heads[name], [row.written() for row in rows]) for name, rows in found.items())
    report.write("growth", "How the cost grows", f"Processor time, medians.\n\n{tables}\n\nDrawn in {PICTURE.name}.")


def _draw(found: Mapping[str, Sequence[Row]], heads: Mapping[str, Sequence[str]]) -> None:
    """Only milliseconds; both axes logarithmic, so that a straight line at 45 degrees grows in step."""
    figure = Figure(figsize=(5 * len(found), 4), layout="constrained")
    FigureCanvasSVG(figure)
    for axes, (name, rows) in zip(figure.subplots(1, len(found)), found.items(), strict=True):
        for place, title in enumerate(heads[name][1:]):
            if title.endswith("ms"):
                costs = [max(row.costs[place], _LEAST_DRAWN) for row in rows]
                axes.plot([row.size for row in rows], costs, marker="o", label=title)
        axes.set(title=name, xscale="log", yscale="log", xlabel=heads[name][0], ylabel="processor time, ms")
        axes.legend(fontsize="small")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with matplotlib.rc_context({"svg.hashsalt": PICTURE.stem}):
        figure.savefig(PICTURE, format="svg", metadata={"Date": None})
