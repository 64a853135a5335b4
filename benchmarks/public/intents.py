"""From a training file and a test file to predictions and figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.public import heads, holdout, labelled, metrics
from benchmarks.public.heads import Fit
from benchmarks.public.labelled import OUT_OF_SCOPE, Columns, Labelled, Prediction
from benchmarks.public.material import Reader
from benchmarks.public.metrics import Figures
from knowledge.encoder.serve import OnnxEncoder
from knowledge.paths import KNOWLEDGE
from knowledge.text.language import ENGLISH

METHODS = ("shipped", "pair", "tuned")


@dataclass(frozen=True)
class Result:
    """`best` at the threshold that is best on the test file, `honest` at the one chosen without it, `open` at none."""

    rows: list[Labelled]
    predictions: list[Prediction]
    best: Figures
    honest: Figures
    open: Figures


def ways(names: Sequence[str], threads: int = 1) -> dict[str, Fit]:
    """The ways to fit, by name; PyTorch is only loaded where it is needed."""
    found: dict[str, Fit] = {"shipped": heads.shipped, "pair": heads.pair}
    if "tuned" in names:
        from benchmarks.public.tuning import Tuning

        found["tuned"] = Tuning(threads)
    return {name: found[name] for name in names}


def _strangers() -> list[str]:
    """The project's own English examples of what it does not answer; they belong to no data set."""
    examples = yaml.safe_load((KNOWLEDGE / "out_of_scope.yml").read_text(encoding="utf-8"))
    return [str(text) for text in examples[ENGLISH]]


def evaluate(
    training: Sequence[Labelled], test: Sequence[Labelled], fit: Fit, out_of_scope: str = OUT_OF_SCOPE
) -> Result:
    """Training texts that are labelled out of scope are an ordinary class of that name."""
    reader = Reader([row.text for row in training], OnnxEncoder())
    material, labels = reader([row.text for row in training]), [row.label for row in training]
    strangers = reader(_strangers())
    threshold = holdout.threshold(material, labels, strangers, fit, out_of_scope)
    predictions = fit(material, labels, strangers)(reader([row.text for row in test]))
    wanted = [row.label for row in test]
    return Result(
        list(test),
        predictions,
        metrics.best(wanted, predictions, out_of_scope),
        metrics.figures(wanted, predictions, threshold, out_of_scope),
        metrics.figures(wanted, predictions, 0.0, out_of_scope),
    )


def files(training: Path, test: Path, columns: Columns, fit: Fit, out_of_scope: str = OUT_OF_SCOPE) -> Result:
    return evaluate(labelled.read(training, columns), labelled.read(test, columns), fit, out_of_scope)
