"""Draws what tables show badly."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

Points = Sequence[tuple[float, float, int]]  # mean probability, share right, how many messages
_DRAWN_FROM = 5  # fewer messages say nothing


def draw(curves: Mapping[str, Points], path: Path) -> None:
    """Probability against share right, a panel a language; a dot's area is how many messages it stands for."""
    figure = Figure(figsize=(3.2 * len(curves), 3.4), layout="constrained")
    FigureCanvasSVG(figure)
    for axes, (name, points) in zip(figure.subplots(1, len(curves), squeeze=False)[0], curves.items(), strict=True):
        kept = [point for point in points if point[2] >= _DRAWN_FROM]
        axes.plot([0, 1], [0, 1], color="0.7", linestyle="--", linewidth=1)
        axes.plot([p for p, _, _ in kept], [right for _, right, _ in kept], color="tab:blue", linewidth=1)
        axes.scatter([p for p, _, _ in kept], [right for _, right, _ in kept], s=[n for _, _, n in kept], alpha=0.5)
        axes.set(title=name, xlim=(0, 1), ylim=(0, 1.02), xlabel="probability", ylabel="share right", aspect="equal")
    path.parent.mkdir(parents=True, exist_ok=True)
    with matplotlib.rc_context({"svg.hashsalt": path.stem}):  # the same file for the same points
        figure.savefig(path, format="svg", metadata={"Date": None})
