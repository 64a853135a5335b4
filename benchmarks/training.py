"""Times the training of both systems, one after the other."""

import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import systems
from benchmarks.errors import NotPreparedError, ServerError
from benchmarks.measured import BOT, STOCK, Measured
from benchmarks.places import BENCH, OURS, ROOT, TRAINING
from benchmarks.places import STOCK as STOCK_FOLDER
from benchmarks.servers import start, stop
from benchmarks.steps import Steps


def measure(times: int, measured: Measured, steps: Steps) -> None:
    """Leaves a model of each in var/bench; `times` 0 takes those of the last run."""
    if not any(TRAINING.glob("*.yml")):
        raise NotPreparedError("There is no training data of the knowledge entries yet: run `make train` first.")
    for _ in range(times):
        for who, command, folder in _JOBS:
            with steps.step(f"training {who}"):
                measured.add("train", who, _seconds(f"train-{who}", command, folder))
    for folder in (OURS, STOCK_FOLDER):
        if not (folder / f"{systems.MODEL}.tar.gz").exists():
            raise NotPreparedError("There is no model of an earlier run: measure with --trainings 1 or more.")


_JOBS = ((BOT, systems.train_ours(), ROOT), (STOCK, systems.train_stock(), STOCK_FOLDER))


def _seconds(name: str, command: Sequence[str], folder: Path) -> float:
    """How long a program takes, with a cache of its own so that nothing is reused from `make train`."""
    began = time.monotonic()
    process = start(name, command, {**systems.QUIET, "RASA_CACHE_DIRECTORY": str(BENCH / "cache")}, folder)
    try:
        if process.wait():
            raise ServerError(f"{name} failed: see var/bench/log/{name}.log.")
    finally:
        stop(process)
    return time.monotonic() - began
